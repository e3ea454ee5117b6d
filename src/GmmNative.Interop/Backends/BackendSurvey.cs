namespace GmmNative.Interop;

/// <summary>All backends looked for: what was found, what was not and why, what auto picks.</summary>
/// <param name="Chosen">What <see cref="BackendKind.Auto"/> picks.</param>
/// <param name="Entries">One entry a backend, in the order managed, mkl, openblas.</param>
/// <example>
/// <code>
/// BackendSurvey survey = Backends.Survey();
/// Console.WriteLine($"auto picks {survey.Chosen.Backend.Name}");
/// </code>
/// </example>
public sealed record BackendSurvey(BackendSelection Chosen, IReadOnlyList<BackendSurveyEntry> Entries);

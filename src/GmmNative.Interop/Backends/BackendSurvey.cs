namespace GmmNative.Interop;

/// <summary>The result of searching for all backends: which are available, why others are not, and the choice of auto.</summary>
/// <param name="Chosen">The choice of <see cref="BackendKind.Auto"/>.</param>
/// <param name="Entries">One entry per backend, in the order managed, mkl, openblas.</param>
/// <example>
/// <code>
/// BackendSurvey survey = Backends.Survey();
/// Console.WriteLine($"auto picks {survey.Chosen.Backend.Name}");
/// </code>
/// </example>
public sealed record BackendSurvey(BackendSelection Chosen, IReadOnlyList<BackendSurveyEntry> Entries);

namespace GmmNative.Interop;

/// <summary>The result of searching for one backend.</summary>
/// <param name="Kind">The backend.</param>
/// <param name="Backend">The opened backend, or <see langword="null"/> if it is not available.</param>
/// <param name="Reason">Where it was found, or why it is not available, in one sentence.</param>
/// <param name="Report">Every library name that was tried, and why each failed.</param>
/// <example>
/// <code>
/// foreach (BackendSurveyEntry entry in Backends.Survey().Entries)
/// {
///     Console.WriteLine($"{entry.Kind}: {(entry.Backend is null ? "not available" : "available")}. {entry.Reason}");
/// }
/// </code>
/// </example>
public sealed record BackendSurveyEntry(BackendKind Kind, DenseBackend? Backend, string Reason, LoadReport Report);

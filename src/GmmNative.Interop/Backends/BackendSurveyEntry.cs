namespace GmmNative.Interop;

/// <summary>What was found of one backend.</summary>
/// <param name="Kind">The backend.</param>
/// <param name="Backend">The opened backend, or <see langword="null"/> when it is not available.</param>
/// <param name="Reason">Where it was found, or why it is not available, one sentence.</param>
/// <param name="Report">Every library name that was tried for it, and why each failed.</param>
/// <example>
/// <code>
/// foreach (BackendSurveyEntry entry in Backends.Survey().Entries)
/// {
///     Console.WriteLine($"{entry.Kind}: {(entry.Backend is null ? "not available" : "available")}. {entry.Reason}");
/// }
/// </code>
/// </example>
public sealed record BackendSurveyEntry(BackendKind Kind, DenseBackend? Backend, string Reason, LoadReport Report);

namespace GmmNative.Interop;

/// <summary>A backend, and how it was selected.</summary>
/// <param name="Backend">The backend.</param>
/// <param name="Reason">The reason for the selection, in one sentence.</param>
/// <param name="Report">Every library name that was tried, and why each failed.</param>
/// <example>
/// <code>
/// BackendSelection selection = Backends.Select();
/// Console.WriteLine($"{selection.Backend.Name}. {selection.Reason}");
/// </code>
/// </example>
public sealed record BackendSelection(DenseBackend Backend, string Reason, LoadReport Report)
{
    /// <summary>Whether the backend replaces an unavailable backend named by <c>GMMNATIVE_BACKEND</c>.</summary>
    public bool IsFallback { get; init; }
}

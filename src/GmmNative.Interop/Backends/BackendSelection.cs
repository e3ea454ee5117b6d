namespace GmmNative.Interop;

/// <summary>A backend, and how it came to be chosen.</summary>
/// <param name="Backend">The backend.</param>
/// <param name="Reason">Why this one, one sentence.</param>
/// <param name="Report">Every library name that was tried, and why each failed.</param>
/// <example>
/// <code>
/// BackendSelection selection = Backends.Select();
/// Console.WriteLine($"{selection.Backend.Name}. {selection.Reason}");
/// </code>
/// </example>
public sealed record BackendSelection(DenseBackend Backend, string Reason, LoadReport Report)
{
    /// <summary>Whether the backend stands in for one that <c>GMMNATIVE_BACKEND</c> names and that is not available.</summary>
    public bool IsFallback { get; init; }
}

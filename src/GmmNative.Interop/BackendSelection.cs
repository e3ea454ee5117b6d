namespace GmmNative.Interop;

/// <summary>A backend, and how it came to be chosen.</summary>
/// <param name="Backend">The backend.</param>
/// <param name="Reason">Why this one, one sentence.</param>
/// <param name="Report">Every library name that was tried, and why each failed.</param>
public sealed record BackendSelection(DenseBackend Backend, string Reason, LoadReport Report);

namespace GmmNative.Interop;

/// <summary>Every name that was tried while looking for native libraries, in order.</summary>
/// <param name="Attempts">The attempts.</param>
public sealed record LoadReport(IReadOnlyList<LoadAttempt> Attempts);

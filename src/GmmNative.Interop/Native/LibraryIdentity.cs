namespace GmmNative.Interop.Native;

/// <summary>The version and configuration that a library reports.</summary>
/// <param name="Version">The version number, or "unknown".</param>
/// <param name="Details">The configuration, in a few words.</param>
internal sealed record LibraryIdentity(string Version, string Details);

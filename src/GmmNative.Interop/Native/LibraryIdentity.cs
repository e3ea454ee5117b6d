namespace GmmNative.Interop.Native;

/// <summary>What a library says of itself.</summary>
/// <param name="Version">The version number, or "unknown".</param>
/// <param name="Details">Its configuration, in a few words.</param>
internal sealed record LibraryIdentity(string Version, string Details);

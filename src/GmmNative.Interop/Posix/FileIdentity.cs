namespace GmmNative.Interop.Posix;

/// <summary>Which file it is, whatever its name: two paths with equal identities lead to one file.</summary>
/// <param name="Device">The file system.</param>
/// <param name="Number">The file's number there.</param>
internal readonly record struct FileIdentity(ulong Device, ulong Number);

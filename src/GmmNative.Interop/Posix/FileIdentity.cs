namespace GmmNative.Interop.Posix;

/// <summary>The identity of a file, independent of its name: two paths with equal identities refer to the same file.</summary>
/// <param name="Device">The file system.</param>
/// <param name="Number">The number of the file in the file system.</param>
internal readonly record struct FileIdentity(ulong Device, ulong Number);

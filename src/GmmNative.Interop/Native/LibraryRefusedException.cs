namespace GmmNative.Interop.Native;

/// <summary>A library was loaded but cannot be used; the message is the reason, without the library's name.</summary>
internal sealed class LibraryRefusedException(string reason) : Exception(reason);

namespace GmmNative.Interop.Native;

/// <summary>
/// The exception for a library that was loaded but cannot be used. The message is the reason, without the name of the library.
/// </summary>
internal sealed class LibraryRefusedException(string reason) : Exception(reason);

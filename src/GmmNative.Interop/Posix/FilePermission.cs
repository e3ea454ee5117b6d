namespace GmmNative.Interop.Posix;

/// <summary>What this process may do with a file.</summary>
internal static class FilePermission
{
    /// <summary>
    /// Whether an existing file may be written to, without opening it: opening a pipe would wait for its reader. Linux only.
    /// </summary>
    public static bool MayWrite(string path) => LibC.Access(path, LibC.WritePermission) == 0;
}

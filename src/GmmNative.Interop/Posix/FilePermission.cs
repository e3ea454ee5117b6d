namespace GmmNative.Interop.Posix;

/// <summary>Checks the permissions of this process.</summary>
internal static class FilePermission
{
    /// <summary>
    /// Whether an existing file may be written to. Does not open the file, because opening a pipe would wait for its reader. Linux only.
    /// </summary>
    public static bool MayWrite(string path) => LibC.Access(path, LibC.WritePermission) == 0;
}

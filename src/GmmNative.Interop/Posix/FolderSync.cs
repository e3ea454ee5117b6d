using System.Runtime.InteropServices;

namespace GmmNative.Interop.Posix;

/// <summary>Flushes changes of file names in a folder to disk.</summary>
internal static class FolderSync
{
    private const int InputOutput = 5;
    private const int NoSpace = 28;
    private const int QuotaExceeded = 122;

    /// <summary>
    /// Waits until the names in a folder are on disk, if the system supports it. A renamed file is durable only then.
    /// </summary>
    /// <exception cref="IOException">The disk failed.</exception>
    public static void Run(string folder)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        int descriptor = LibC.Open(folder, LibC.OpenReadOnly | LibC.OpenCloseOnExec);
        if (descriptor < 0)
        {
            // A writable folder need not be readable.
            return;
        }

        try
        {
            // Other errors mean that the file system does not support this operation.
            if (LibC.Synchronize(descriptor) != 0 && Marshal.GetLastPInvokeError() is InputOutput or NoSpace or QuotaExceeded)
            {
                throw SystemError.Last();
            }
        }
        finally
        {
            LibC.Close(descriptor);
        }
    }
}

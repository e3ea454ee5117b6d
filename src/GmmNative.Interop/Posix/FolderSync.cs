using System.Runtime.InteropServices;

namespace GmmNative.Interop.Posix;

/// <summary>Makes a change of a folder's names last.</summary>
internal static class FolderSync
{
    private const int InputOutput = 5;
    private const int NoSpace = 28;
    private const int QuotaExceeded = 122;

    /// <summary>
    /// Waits until the names in a folder are on the disk, where the system can do that: a file that was renamed is safe only then.
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
            // A folder that may be written to need not be readable.
            return;
        }

        try
        {
            // Other errors say that this file system knows no such thing.
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

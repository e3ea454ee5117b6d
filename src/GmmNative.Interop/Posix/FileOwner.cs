using Microsoft.Win32.SafeHandles;

namespace GmmNative.Interop.Posix;

/// <summary>Copies the owner and permissions of a file to the new file that will replace it, as far as the system allows.</summary>
internal static class FileOwner
{
    private const uint Unchanged = uint.MaxValue;
    private const UnixFileMode GroupBits = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute;
    private const UnixFileMode OnBehalf = UnixFileMode.SetUser | UnixFileMode.SetGroup;

    /// <summary>Copies owner and permissions to an open file. Linux only.</summary>
    public static void Copy(FileStatus from, SafeFileHandle to)
    {
        int descriptor = (int)to.DangerousGetHandle();
        FileStatus own = FileStatus.Of(descriptor) ?? throw new ObjectDisposedException(nameof(to));
        UnixFileMode mode = from.Mode;
        if ((own.Owner != from.Owner || own.Group != from.Group) && LibC.ChangeOwner(descriptor, from.Owner, from.Group) != 0)
        {
            mode &= ~OnBehalf;
            if (own.Group != from.Group && LibC.ChangeOwner(descriptor, Unchanged, from.Group) != 0)
            {
                // The different group must not get the permissions of the old group. It gets the permissions of all users.
                mode = (mode & ~GroupBits) | (UnixFileMode)(((int)mode << 3) & (int)GroupBits);
            }
        }

        // Changing the owner may have changed the mode. A file system without modes rejects setting one, but has the same mode for both
        // files.
        if (FileStatus.Of(descriptor)!.Value.Mode != mode && OperatingSystem.IsLinux())
        {
            File.SetUnixFileMode(to, mode);
        }
    }
}

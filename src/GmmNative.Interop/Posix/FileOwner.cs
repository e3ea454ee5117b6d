using Microsoft.Win32.SafeHandles;

namespace GmmNative.Interop.Posix;

/// <summary>Gives a new file the owner and the permissions of the one that it will replace, as far as the system lets us.</summary>
internal static class FileOwner
{
    private const uint Unchanged = uint.MaxValue;
    private const UnixFileMode GroupBits = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute;
    private const UnixFileMode OnBehalf = UnixFileMode.SetUser | UnixFileMode.SetGroup;

    /// <summary>Makes an open file like another. Linux only.</summary>
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
                // Another group must not get what the old one had: it may do what everybody may.
                mode = (mode & ~GroupBits) | (UnixFileMode)(((int)mode << 3) & (int)GroupBits);
            }
        }

        // Changing the owner may have changed the mode; a file system without modes refuses to set one, and has the same for both files.
        if (FileStatus.Of(descriptor)!.Value.Mode != mode && OperatingSystem.IsLinux())
        {
            File.SetUnixFileMode(to, mode);
        }
    }
}

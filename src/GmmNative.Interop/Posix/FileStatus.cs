using System.Runtime.InteropServices;

namespace GmmNative.Interop.Posix;

/// <summary>The status of a file. Linux only.</summary>
/// <param name="Kind">The kind of the file.</param>
/// <param name="Identity">The identity of the file.</param>
/// <param name="Mode">The twelve permission bits.</param>
/// <param name="Owner">The owner.</param>
/// <param name="Group">The group.</param>
/// <param name="IsMountPoint">Whether the file is a mount point, which cannot be replaced by renaming another file.</param>
internal readonly record struct FileStatus(
    FileKind Kind, FileIdentity Identity, UnixFileMode Mode, uint Owner, uint Group, bool IsMountPoint)
{
    private const ulong MountRoot = 0x2000;
    private const int PermissionBits = 0xFFF;

    /// <summary>Returns the status of a file, following links, or <see langword="null"/> if it does not exist.</summary>
    /// <exception cref="IOException">The status cannot be read, for example because of missing permissions.</exception>
    public static FileStatus? Of(string path) => Query(LibC.AtWorkingFolder, path, 0);

    /// <summary>Returns the status of a file or link, without following links, or <see langword="null"/> if it does not exist.</summary>
    /// <exception cref="IOException">The status cannot be read, for example because of missing permissions.</exception>
    public static FileStatus? OfLink(string path) => Query(LibC.AtWorkingFolder, path, LibC.AtSymbolicLinkNoFollow);

    /// <summary>Returns the status of a descriptor, or <see langword="null"/> if it is not open.</summary>
    public static FileStatus? Of(int descriptor) => Query(descriptor, "", LibC.AtEmptyPath);

    private static unsafe FileStatus? Query(int folder, string path, int flags)
    {
        Statx status;
        if (LibC.Statx(folder, path, flags, LibC.StatxBasic, &status) != 0)
        {
            return Marshal.GetLastPInvokeError() is SystemError.NoSuchFile or SystemError.NotAFolder or SystemError.BadDescriptor
                ? null : throw SystemError.Last();
        }

        return new FileStatus(
            KindOf(status.Mode),
            new FileIdentity(((ulong)status.DeviceMajor << 32) | status.DeviceMinor, status.Inode),
            (UnixFileMode)(status.Mode & PermissionBits),
            status.Owner,
            status.Group,
            (status.Attributes & MountRoot) != 0);
    }

    private static FileKind KindOf(ushort mode) => (mode & 0xF000) switch
    {
        0x8000 => FileKind.Regular,
        0x4000 => FileKind.Folder,
        0xA000 => FileKind.Link,
        0x2000 => FileKind.CharacterDevice,
        0x6000 => FileKind.BlockDevice,
        0x1000 => FileKind.Pipe,
        0xC000 => FileKind.Socket,
        _ => FileKind.Other,
    };
}

using System.Runtime.InteropServices;

namespace GmmNative.Interop.Posix;

/// <summary>What the system says of a file. Linux only.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Identity">Which one it is.</param>
/// <param name="Mode">Its twelve permission bits.</param>
/// <param name="Owner">The user it belongs to.</param>
/// <param name="Group">The group it belongs to.</param>
/// <param name="IsMountPoint">Whether it is mounted by itself, so that its name cannot be given to another file.</param>
internal readonly record struct FileStatus(
    FileKind Kind, FileIdentity Identity, UnixFileMode Mode, uint Owner, uint Group, bool IsMountPoint)
{
    private const ulong MountRoot = 0x2000;
    private const int PermissionBits = 0xFFF;

    /// <summary>The status of what a path leads to, through links; <see langword="null"/> when there is nothing.</summary>
    /// <exception cref="IOException">The system does not say, for want of permission for example.</exception>
    public static FileStatus? Of(string path) => Query(LibC.AtWorkingFolder, path, 0);

    /// <summary>The status of a path itself, a link being a link; <see langword="null"/> when there is nothing.</summary>
    /// <exception cref="IOException">The system does not say, for want of permission for example.</exception>
    public static FileStatus? OfLink(string path) => Query(LibC.AtWorkingFolder, path, LibC.AtSymbolicLinkNoFollow);

    /// <summary>The status of an open descriptor; <see langword="null"/> when it is not open.</summary>
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

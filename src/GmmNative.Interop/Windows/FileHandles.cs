using System.Runtime.InteropServices;
using GmmNative.Interop.Posix;
using Microsoft.Win32.SafeHandles;

namespace GmmNative.Interop.Windows;

/// <summary>Determines the identity of files on Windows.</summary>
internal static unsafe partial class FileHandles
{
    private const uint ShareAll = 7;
    private const uint OpenExisting = 3;
    private const uint AllowFolders = 0x02000000;

    /// <summary>Returns the identity of a file or folder, or <see langword="null"/> if it does not exist or cannot be opened.</summary>
    public static FileIdentity? IdentityOf(string path)
    {
        using SafeFileHandle handle = CreateFile(path, 0, ShareAll, 0, OpenExisting, AllowFolders, 0);
        HandleInformation information;
        return !handle.IsInvalid && GetFileInformationByHandle(handle, &information)
            ? new FileIdentity(information.VolumeSerialNumber, ((ulong)information.FileIndexHigh << 32) | information.FileIndexLow)
            : null;
    }

    [LibraryImport("kernel32", EntryPoint = "CreateFileW", SetLastError = true, StringMarshalling = StringMarshalling.Utf16)]
    private static partial SafeFileHandle CreateFile(
        string name, uint access, uint share, nint security, uint disposition, uint flags, nint template);

    [LibraryImport("kernel32", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GetFileInformationByHandle(SafeFileHandle handle, HandleInformation* information);

    [StructLayout(LayoutKind.Sequential)]
    private struct HandleInformation
    {
        public uint Attributes;
        public fixed uint Times[6];
        public uint VolumeSerialNumber;
        public uint SizeHigh;
        public uint SizeLow;
        public uint Links;
        public uint FileIndexHigh;
        public uint FileIndexLow;
    }
}

using System.Runtime.InteropServices;

namespace GmmNative.Interop.Posix;

/// <summary>Converts system errors to exceptions.</summary>
internal static class SystemError
{
    public const int NoSuchFile = 2;
    public const int Interrupted = 4;
    public const int BadDescriptor = 9;
    public const int WouldBlock = 11;
    public const int NotAFolder = 20;
    public const int NoReader = 32;

    private const int WindowsBrokenPipe = 109;
    private const int WindowsNoData = 232;

    /// <summary>
    /// Returns the error of the last call as the exception that .NET's file classes throw: <see cref="Exception.HResult"/> is its number.
    /// </summary>
    public static IOException Last()
    {
        int number = Marshal.GetLastPInvokeError();
        return new IOException(Marshal.GetPInvokeErrorMessage(number), number);
    }

    /// <summary>Whether an exception means that the reader of a pipe has closed it.</summary>
    public static bool IsReaderGone(Exception e) =>
        e is IOException
        && (OperatingSystem.IsWindows() ? (e.HResult & 0xFFFF) is WindowsBrokenPipe or WindowsNoData : e.HResult == NoReader);
}

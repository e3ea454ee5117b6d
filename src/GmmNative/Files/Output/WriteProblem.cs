using GmmNative.Errors;

namespace GmmNative.Files.Output;

/// <summary>Describes write failures for users. The messages of the system would name temporary files.</summary>
internal static class WriteProblem
{
    /// <summary>Whether an exception is a write failure.</summary>
    public static bool Is(Exception e) => e is IOException or UnauthorizedAccessException;

    /// <summary>Creates the public exception.</summary>
    /// <param name="path">The file, or <c>-</c> for standard output.</param>
    /// <param name="e">The write failure.</param>
    public static GmmException Of(string path, Exception e)
    {
        string name = path == InputFile.Standard ? "standard output" : path;
        return new GmmException(MessageText.OneLine($"{name}: it cannot be written: {Describe(e)}"), e);
    }

    private static string Describe(Exception e) => e switch
    {
        UnauthorizedAccessException when OperatingSystem.IsWindows() => "permission denied, or another program has it open.",
        UnauthorizedAccessException => "permission denied.",
        PathTooLongException => "its name is too long.",
        _ when OperatingSystem.IsWindows() => (e.HResult & 0xFFFF) switch
        {
            39 or 112 => "the disk is full.",
            _ => e.Message,
        },
        _ => e.HResult switch
        {
            5 => "the disk failed.",
            6 or 19 => "there is no such device.",
            16 => "it is in use.",
            24 => "too many files are open; raise the limit (ulimit -n).",
            27 => "it would exceed the file size limit (ulimit -f).",
            28 => "the disk is full.",
            30 => "the file system is read-only.",
            36 => "its name is too long.",
            122 => "the disk quota is exhausted.",
            _ => e.Message,
        },
    };
}

using GmmNative.Interop.Posix;
using GmmNative.Interop.Windows;

namespace GmmNative.Files.Output;

/// <summary>
/// The identity of a file, which is the same for all links and spellings of its path. A file that does not exist yet is identified by its
/// folder and name.
/// </summary>
/// <param name="Identity">The identity of the file, or of the folder of a new file.</param>
/// <param name="NewName">The name of a new file; empty for an existing file.</param>
internal readonly record struct FileKey(FileIdentity Identity, string NewName)
{
    /// <summary>
    /// Returns the key of an input, or <see langword="null"/> if writing to the path cannot destroy data, because the input does not exist
    /// or is a pipe or a terminal.
    /// </summary>
    /// <param name="path">The file, or <c>-</c> for standard input.</param>
    public static FileKey? OfInput(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            // Opening a pipe to examine it would connect to it.
            bool isFile = path != InputFile.Standard && !path.StartsWith(@"\\.\", StringComparison.Ordinal);
            return isFile && FileHandles.IdentityOf(path) is { } identity ? new FileKey(identity, "") : null;
        }

        if (!OperatingSystem.IsLinux() || path.Contains('\0', StringComparison.Ordinal))
        {
            return null;
        }

        try
        {
            FileStatus? status = path == InputFile.Standard ? FileStatus.Of(StandardStreams.Input) : FileStatus.Of(path);
            return status is { Kind: FileKind.Regular or FileKind.BlockDevice } file ? new FileKey(file.Identity, "") : null;
        }
        catch (IOException)
        {
            // The input cannot be read either. Opening it reports the problem.
            return null;
        }
    }
}

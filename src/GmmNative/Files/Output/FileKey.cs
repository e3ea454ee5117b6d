using GmmNative.Interop.Posix;
using GmmNative.Interop.Windows;

namespace GmmNative.Files.Output;

/// <summary>
/// What makes two paths one file, whatever links and spellings they take: the file itself, or the folder and the name of one that is not
/// there yet.
/// </summary>
/// <param name="Identity">The file, or the folder of a new one.</param>
/// <param name="NewName">The name of a new file; empty for one that exists.</param>
internal readonly record struct FileKey(FileIdentity Identity, string NewName)
{
    /// <summary>
    /// The key of an input; <see langword="null"/> where writing to it could not lose anything: it does not exist, or is a pipe or a
    /// terminal.
    /// </summary>
    /// <param name="path">The file, or <c>-</c> for standard input.</param>
    public static FileKey? OfInput(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            // Looking at a pipe would connect to it.
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
            // It cannot be looked at, so it cannot be read: whoever opens it says why.
            return null;
        }
    }
}

using GmmNative.Interop.Posix;

namespace GmmNative.Files.Output;

/// <summary>
/// A device or a named pipe. It must be written in place. Replacing it by a file would be wrong, and as root it would even succeed.
/// </summary>
/// <param name="path">The path, with links resolved.</param>
/// <param name="status">The status of the file; <see langword="null"/> on Windows, where the name identifies a device.</param>
internal sealed class SpecialFileTarget(string path, FileStatus? status) : OutputTarget
{
    public override FileKey? Key => status is { Kind: not FileKind.CharacterDevice } file ? new FileKey(file.Identity, "") : null;

    public override void Check()
    {
        if (status is not null && !FilePermission.MayWrite(path))
        {
            throw new UnauthorizedAccessException();
        }
    }

    public override OpenOutput Open()
    {
        FileStream stream = new(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, BufferSize);
        return new OpenOutput(stream, stream.Flush, stream);
    }
}

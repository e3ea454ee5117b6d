using GmmNative.Interop.Posix;

namespace GmmNative.Files.Output;

/// <summary>
/// A device or a pipe with a name. It must be written to, not replaced by a file; as root the replacing would even succeed.
/// </summary>
/// <param name="path">The path, links followed.</param>
/// <param name="status">What the system says of it; <see langword="null"/> on Windows, where its name says it.</param>
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

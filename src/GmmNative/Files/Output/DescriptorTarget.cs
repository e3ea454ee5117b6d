using GmmNative.Interop.Posix;

namespace GmmNative.Files.Output;

/// <summary>An open descriptor of this process: <c>-</c>, <c>/dev/stdout</c>, <c>/dev/fd/3</c>.</summary>
internal sealed class DescriptorTarget(int descriptor) : OutputTarget
{
    public override FileKey? Key
    {
        get
        {
            FileStatus? status = OperatingSystem.IsLinux() ? FileStatus.Of(descriptor) : null;
            return status is { Kind: not FileKind.CharacterDevice } file
                ? new FileKey(file.Identity, "")
                : new FileKey(default, FormattableString.Invariant($"descriptor {descriptor}"));
        }
    }

    public override void Check() => StandardStreams.OpenToWrite(descriptor).Dispose();

    public override OpenOutput Open()
    {
        BufferedStream output = new(StandardStreams.OpenToWrite(descriptor), BufferSize);
        return new OpenOutput(output, output.Flush, output);
    }
}

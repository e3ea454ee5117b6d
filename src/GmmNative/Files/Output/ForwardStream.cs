using GmmNative.Interop.Posix;

namespace GmmNative.Files.Output;

/// <summary>
/// Writes to another stream from its current position, and hides that it can seek. The bytes are then the same for streams that can seek
/// and streams that cannot. The other stream stays open.
/// </summary>
/// <param name="inner">The other stream.</param>
internal sealed class ForwardStream(Stream inner) : WriteOnlyStream
{
    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer) => inner.Write(buffer);

    /// <inheritdoc/>
    public override void Flush() => inner.Flush();
}

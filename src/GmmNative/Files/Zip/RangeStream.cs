namespace GmmNative.Files.Zip;

/// <summary>Some consecutive bytes of a stream that can seek. Several may read the same stream in turns.</summary>
/// <param name="inner">The stream; not disposed.</param>
/// <param name="start">The first byte.</param>
/// <param name="length">How many bytes.</param>
internal sealed class RangeStream(Stream inner, long start, long length) : ReadOnlyStream
{
    private long _position;

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        if (buffer.Length > length - _position)
        {
            buffer = buffer[..(int)(length - _position)];
        }

        if (buffer.Length == 0)
        {
            return 0;
        }

        inner.Position = start + _position;
        int read = inner.Read(buffer);
        _position += read;
        return read;
    }
}

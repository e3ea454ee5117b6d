namespace GmmNative.Files.Zip;

/// <summary>A range of a seekable stream. Several ranges may read the same stream alternately.</summary>
/// <param name="inner">The stream. It is not disposed.</param>
/// <param name="start">The offset of the first byte.</param>
/// <param name="length">The number of bytes.</param>
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

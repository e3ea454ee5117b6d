using System.IO.Compression;

namespace GmmNative.Files;

/// <summary>Unpacks gzip, and finds out whether it was whole.</summary>
/// <remarks>
/// <see cref="GZipStream"/> checks sums and takes several members for one text, but ends without a word where the file is cut off. So a
/// last member of known contents is added behind the file: only after whole members do these contents come out at the end.
/// </remarks>
internal sealed class GunzipStream : ReadOnlyStream
{
    private const int BufferLength = 1 << 16;
    private const string Damage = "its gzip data is damaged or cut off; copy or write the file again.";

    private static readonly byte[] Last = [.. "GmmNative: whole"u8];

    private readonly Stream _packed;
    private readonly GZipStream _unpacked;
    private readonly byte[] _buffer = new byte[BufferLength];
    private int _start;
    private int _end;

    /// <summary>Starts to unpack.</summary>
    /// <param name="packed">The gzip data; disposed with this one.</param>
    public GunzipStream(Stream packed)
    {
        _packed = packed;
        _unpacked = new GZipStream(new FollowedStream(packed, MakeLastMember()), CompressionMode.Decompress);
    }

    /// <inheritdoc/>
    /// <exception cref="FileProblemException">The data is damaged or cut off.</exception>
    public override int Read(Span<byte> buffer)
    {
        while (_end - _start <= Last.Length)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
            int read = Unpack(_buffer.AsSpan(_end));
            if (read == 0)
            {
                return _buffer.AsSpan(0, _end).SequenceEqual(Last) ? 0 : throw new FileProblemException(Damage);
            }

            _end += read;
        }

        int count = Math.Min(buffer.Length, _end - _start - Last.Length);
        _buffer.AsSpan(_start, count).CopyTo(buffer);
        _start += count;
        return count;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _unpacked.Dispose();
            _packed.Dispose();
        }

        base.Dispose(disposing);
    }

    private static byte[] MakeLastMember()
    {
        using MemoryStream member = new();
        using (GZipStream stream = new(member, CompressionLevel.Fastest))
        {
            stream.Write(Last);
        }

        return member.ToArray();
    }

    private int Unpack(Span<byte> buffer)
    {
        try
        {
            return _unpacked.Read(buffer);
        }
        catch (InvalidDataException e)
        {
            throw new FileProblemException(Damage, null, e);
        }
    }

    /// <summary>A stream, and some bytes after its end.</summary>
    private sealed class FollowedStream(Stream first, ReadOnlyMemory<byte> after) : ReadOnlyStream
    {
        private ReadOnlyMemory<byte> _after = after;

        public override int Read(Span<byte> buffer)
        {
            int read = first.Read(buffer);
            if (read > 0 || buffer.Length == 0)
            {
                return read;
            }

            int count = Math.Min(buffer.Length, _after.Length);
            _after.Span[..count].CopyTo(buffer);
            _after = _after[count..];
            return count;
        }
    }
}

using System.IO.Compression;
using GmmNative.Errors;
using GmmNative.Files.Zip;

namespace GmmNative.Files.Detection;

/// <summary>Decompresses gzip and detects truncation.</summary>
/// <remarks>
/// <see cref="GZipStream"/> verifies checksums and reads several members as one stream, but ends silently if the file is truncated. This
/// class therefore appends a member with known contents to the file. Those contents appear at the end only if all members before them are
/// complete.
/// </remarks>
internal sealed class GunzipStream : ReadOnlyStream
{
    private const int BufferLength = 1 << 16;
    private const string Damage = "its gzip data is damaged or cut off; copy or write the file again.";

    private static readonly byte[] Last = [.. "GmmNative: whole"u8];

    private readonly FollowedStream _packed;
    private readonly GZipStream _unpacked;
    private byte[] _buffer = new byte[BufferLength];
    private int _start;
    private int _end;
    private bool _isWhole;

    /// <summary>Starts decompression.</summary>
    /// <param name="packed">The gzip data, which this stream owns and disposes.</param>
    public GunzipStream(Stream packed)
    {
        _packed = new FollowedStream(packed, MakeLastMember());
        _unpacked = new GZipStream(_packed, CompressionMode.Decompress);
    }

    /// <inheritdoc/>
    /// <exception cref="FileProblemException">The data is damaged or truncated.</exception>
    public override int Read(Span<byte> buffer)
    {
        if (_start == _end && !_isWhole)
        {
            Fill();
        }

        int count = Math.Min(buffer.Length, _end - _start);
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

    private void Fill()
    {
        _start = 0;
        _end = Unpack(_buffer);
        if (!_packed.HasEnded)
        {
            return;
        }

        // The last few kilobytes are returned only after the whole stream has been verified: at the end of a truncated file they are
        // garbage.
        for (int read = _end; read > 0; _end += read)
        {
            if (_end == _buffer.Length)
            {
                Array.Resize(ref _buffer, 2 * _buffer.Length);
            }

            read = Unpack(_buffer.AsSpan(_end));
        }

        _isWhole = _buffer.AsSpan(0, _end).EndsWith(Last) ? true : throw new FileProblemException(Damage);
        _end -= Last.Length;
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

    /// <summary>A stream followed by additional bytes.</summary>
    private sealed class FollowedStream(Stream first, ReadOnlyMemory<byte> after) : ReadOnlyStream
    {
        private ReadOnlyMemory<byte> _after = after;

        /// <summary>Whether the first stream has been read completely.</summary>
        public bool HasEnded { get; private set; }

        public override int Read(Span<byte> buffer)
        {
            int read = first.Read(buffer);
            if (read > 0 || buffer.Length == 0)
            {
                return read;
            }

            HasEnded = true;
            int count = Math.Min(buffer.Length, _after.Length);
            _after.Span[..count].CopyTo(buffer);
            _after = _after[count..];
            return count;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                first.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}

using System.Buffers.Binary;
using GmmNative.Errors;

namespace GmmNative.Files.Bytes;

/// <summary>A position in bytes, for parsing headers between large blocks of numbers.</summary>
/// <param name="source">The bytes.</param>
/// <param name="position">The offset at which to start.</param>
internal sealed class ByteCursor(ByteSource source, long position = 0)
{
    private const int BufferLength = 1 << 12;

    private readonly byte[] _buffer = new byte[BufferLength];
    private long _bufferStart;
    private int _bufferLength;

    /// <summary>The bytes.</summary>
    public ByteSource Source { get; } = source;

    /// <summary>The offset of the next byte.</summary>
    public long Position { get; private set; } = position;

    /// <summary>The number of bytes that follow.</summary>
    public long Remaining => Source.Length - Position;

    /// <summary>Returns the next bytes without moving.</summary>
    /// <param name="count">The number of bytes, at most 4096. At the end, fewer bytes are returned.</param>
    public ReadOnlySpan<byte> Peek(int count)
    {
        count = (int)Math.Min(count, Remaining);
        if (Position < _bufferStart || Position + count > _bufferStart + _bufferLength)
        {
            _bufferStart = Position;
            _bufferLength = (int)Math.Min(BufferLength, Remaining);
            Source.Read(_bufferStart, _buffer.AsSpan(0, _bufferLength));
        }

        return _buffer.AsSpan((int)(Position - _bufferStart), count);
    }

    /// <summary>Returns the next bytes and moves behind them.</summary>
    /// <exception cref="FileProblemException">The bytes end before.</exception>
    public ReadOnlySpan<byte> Take(int count)
    {
        ReadOnlySpan<byte> bytes = Peek(count);
        Skip(count);
        return bytes;
    }

    /// <summary>Moves forward.</summary>
    /// <exception cref="FileProblemException">The bytes end before.</exception>
    public void Skip(long count)
    {
        if (count > Remaining)
        {
            throw new FileProblemException($"it is cut off: {count} bytes should follow byte {Position}, but {Remaining} do.");
        }

        Position += count;
    }

    /// <summary>Reads a little-endian 32-bit integer.</summary>
    public int TakeInt32() => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));

    /// <summary>Reads a little-endian 32-bit floating-point number.</summary>
    public float TakeSingle() => BinaryPrimitives.ReadSingleLittleEndian(Take(sizeof(float)));
}

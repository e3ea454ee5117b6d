using System.Buffers;
using System.Runtime.InteropServices;
using GmmNative.Files.Bytes;
using GmmNative.Files.Numbers;

namespace GmmNative.Files.Utterances;

/// <summary>A row-major matrix of numbers.</summary>
/// <param name="bytes">The bytes of the file.</param>
/// <param name="offset">The offset of the first number.</param>
/// <param name="type">The number type.</param>
/// <param name="rowCount">The number of rows.</param>
/// <param name="dimension">D.</param>
internal sealed class NumbersSegment(ByteSource bytes, long offset, NpyElementType type, long rowCount, int dimension)
    : MatrixSegment(bytes, rowCount, dimension)
{
    private const int BytesAtOnce = 1 << 16;

    /// <inheritdoc/>
    public override void Read(long firstRow, Span<double> rows)
    {
        long place = offset + (firstRow * Dimension * type.Size);
        if (type == NpyElementType.Float64)
        {
            Bytes.Read(place, MemoryMarshal.AsBytes(rows));
            return;
        }

        byte[] buffer = ArrayPool<byte>.Shared.Rent(BytesAtOnce);
        try
        {
            while (rows.Length > 0)
            {
                int count = Math.Min(rows.Length, BytesAtOnce / type.Size);
                Span<byte> part = buffer.AsSpan(0, count * type.Size);
                Bytes.Read(place, part);
                NumberDecoder.Widen(part, type, rows);
                place += part.Length;
                rows = rows[count..];
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}

using System.Buffers;
using System.Buffers.Binary;
using GmmNative.Files.Bytes;
using GmmNative.Files.Utterances;

namespace GmmNative.Files.Htk;

/// <summary>A matrix of 16-bit integers, each of which stands for (integer + shift) / scale of its coordinate.</summary>
/// <param name="bytes">The bytes of the file.</param>
/// <param name="offset">The offset of the first integer.</param>
/// <param name="bigEndian">Whether the most significant byte of an integer comes first.</param>
/// <param name="scales">The scales of the D coordinates.</param>
/// <param name="shifts">The shifts of the D coordinates.</param>
/// <param name="rowCount">The number of rows.</param>
internal sealed class HtkCompressedSegment(
    ByteSource bytes, long offset, bool bigEndian, float[] scales, float[] shifts, long rowCount)
    : MatrixSegment(bytes, rowCount, scales.Length)
{
    private const int BytesAtOnce = 1 << 16;

    /// <inheritdoc/>
    public override void Read(long firstRow, Span<double> rows)
    {
        int length = Dimension * sizeof(short);
        long place = offset + (firstRow * length);
        int rowsAtOnce = Math.Max(1, BytesAtOnce / length);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(rowsAtOnce * length);
        try
        {
            while (rows.Length > 0)
            {
                int count = Math.Min(rowsAtOnce, rows.Length / Dimension);
                Span<byte> part = buffer.AsSpan(0, count * length);
                Bytes.Read(place, part);
                place += part.Length;
                for (int row = 0; row < count; row++)
                {
                    Decode(part.Slice(row * length, length), rows[(row * Dimension)..]);
                }

                rows = rows[(count * Dimension)..];
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void Decode(ReadOnlySpan<byte> integers, Span<double> row)
    {
        for (int i = 0; i < scales.Length; i++)
        {
            ReadOnlySpan<byte> integer = integers[(i * sizeof(short))..];
            float value = bigEndian ? BinaryPrimitives.ReadInt16BigEndian(integer) : BinaryPrimitives.ReadInt16LittleEndian(integer);
            row[i] = (value + shifts[i]) / scales[i];
        }
    }
}

using System.Buffers;
using System.Buffers.Binary;
using GmmNative.Files.Bytes;
using GmmNative.Files.Utterances;

namespace GmmNative.Files.Kaldi;

/// <summary>
/// A compressed matrix (CM2, CM3) of integers of 16 or 8 bits, row-major, equally spaced between the smallest and the largest element.
/// </summary>
/// <param name="bytes">The bytes of the file.</param>
/// <param name="offset">The offset of the first integer.</param>
/// <param name="minimum">The smallest element.</param>
/// <param name="range">The largest element minus the smallest.</param>
/// <param name="size">The bytes of an integer, 1 or 2.</param>
/// <param name="rowCount">The number of rows.</param>
/// <param name="dimension">D.</param>
internal sealed class KaldiQuantizedSegment(
    ByteSource bytes, long offset, float minimum, float range, int size, long rowCount, int dimension)
    : MatrixSegment(bytes, rowCount, dimension)
{
    private const int BytesAtOnce = 1 << 16;

    // In single precision, as Kaldi computes it.
    private readonly float _step = range * (1 / (size == sizeof(ushort) ? 65535.0f : 255.0f));

    /// <inheritdoc/>
    public override void Read(long firstRow, Span<double> rows)
    {
        long place = offset + (firstRow * Dimension * size);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BytesAtOnce);
        try
        {
            while (rows.Length > 0)
            {
                int count = Math.Min(rows.Length, BytesAtOnce / size);
                Span<byte> part = buffer.AsSpan(0, count * size);
                Bytes.Read(place, part);
                for (int i = 0; i < count; i++)
                {
                    int integer = size == sizeof(byte) ? part[i] : BinaryPrimitives.ReadUInt16LittleEndian(part[(i * sizeof(ushort))..]);
                    rows[i] = minimum + (_step * integer);
                }

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

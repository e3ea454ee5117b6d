using System.Buffers;
using System.Buffers.Binary;
using GmmNative.Files.Bytes;
using GmmNative.Files.Utterances;

namespace GmmNative.Files.Kaldi;

/// <summary>
/// A compressed matrix (CM), column after column: an element is a byte, linear between four percentiles of its column. The percentiles are
/// integers of 16 bits, equally spaced between the smallest and the largest element of the matrix.
/// </summary>
/// <param name="bytes">The bytes of the file.</param>
/// <param name="offset">The offset of the percentiles.</param>
/// <param name="minimum">The smallest element.</param>
/// <param name="range">The largest element minus the smallest.</param>
/// <param name="rowCount">The number of rows.</param>
/// <param name="dimension">D.</param>
internal sealed class KaldiCompressedSegment(ByteSource bytes, long offset, float minimum, float range, long rowCount, int dimension)
    : MatrixSegment(bytes, rowCount, dimension)
{
    /// <summary>The bytes of the percentiles of a column.</summary>
    public const int BytesPerColumn = 4 * sizeof(ushort);

    private const int BytesAtOnce = 1 << 14;

    // The bytes of the second and the third percentile.
    private const int Second = 64;
    private const int Third = 192;

    /// <inheritdoc/>
    public override void Read(long firstRow, Span<double> rows)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BytesAtOnce);
        Span<float> values = stackalloc float[byte.MaxValue + 1];
        Span<byte> percentiles = stackalloc byte[BytesPerColumn];
        try
        {
            for (int column = 0; column < Dimension; column++)
            {
                Bytes.Read(offset + ((long)column * BytesPerColumn), percentiles);
                Tabulate(percentiles, values);
                ReadColumn(column, firstRow, values, buffer, rows);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void ReadColumn(int column, long firstRow, ReadOnlySpan<float> values, byte[] buffer, Span<double> rows)
    {
        long place = offset + ((long)Dimension * BytesPerColumn) + (column * RowCount) + firstRow;
        for (int i = column; i < rows.Length;)
        {
            Span<byte> part = buffer.AsSpan(0, Math.Min(BytesAtOnce, (rows.Length - i + Dimension - 1) / Dimension));
            Bytes.Read(place, part);
            place += part.Length;
            foreach (byte element in part)
            {
                rows[i] = values[element];
                i += Dimension;
            }
        }
    }

    // In single precision and in the order in which Kaldi computes.
    private void Tabulate(ReadOnlySpan<byte> percentiles, Span<float> values)
    {
        float first = Percentile(percentiles);
        float second = Percentile(percentiles[2..]);
        float third = Percentile(percentiles[4..]);
        float fourth = Percentile(percentiles[6..]);
        for (int element = 0; element < values.Length; element++)
        {
            values[element] = element <= Second ? first + ((second - first) * element * (1 / 64.0f))
                : element <= Third ? second + ((third - second) * (element - Second) * (1 / 128.0f))
                : third + ((fourth - third) * (element - Third) * (1 / 63.0f));
        }
    }

    private float Percentile(ReadOnlySpan<byte> integer) =>
        minimum + (range * 1.52590218966964e-05f * BinaryPrimitives.ReadUInt16LittleEndian(integer));
}

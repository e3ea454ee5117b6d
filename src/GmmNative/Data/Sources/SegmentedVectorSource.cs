using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace GmmNative.Data.Sources;

/// <summary>A source for rows in several arrays, each with the same number of rows except the last.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="segments">The arrays. Elements beyond the rows are not read.</param>
/// <param name="rowsPerSegment">The number of rows per array.</param>
/// <param name="count">T.</param>
/// <param name="dimension">D.</param>
internal sealed class SegmentedVectorSource<T>(T[][] segments, int rowsPerSegment, long count, int dimension) : IRandomAccessVectorSource
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public int Dimension => dimension;

    /// <inheritdoc/>
    public long Count => count;

    /// <inheritdoc/>
    public long? RowCount => count;

    /// <summary>Creates a source for rows that are arrays, which are read in place.</summary>
    /// <exception cref="VectorDataException">
    /// There are no rows, or a row is null, empty or differs in length from the first row.
    /// </exception>
    public static SegmentedVectorSource<T> FromRows(T[][] rows)
    {
        if (rows.Length == 0)
        {
            throw RowLength.NoRows();
        }

        for (int i = 0; i < rows.Length; i++)
        {
            RowLength.Check(rows[i], i, i == 0 ? 0 : rows[0].Length);
        }

        return new SegmentedVectorSource<T>(rows, 1, rows.Length, rows[0].Length);
    }

    /// <inheritdoc/>
    public void Read(long firstRow, Span<double> rows)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(firstRow);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(firstRow, count - (rows.Length / dimension));
        while (rows.Length >= dimension)
        {
            (long segment, long place) = Math.DivRem(firstRow, rowsPerSegment);
            int n = (int)Math.Min(rows.Length / dimension, rowsPerSegment - place);
            ReadOnlySpan<T> from = segments[segment].AsSpan((int)place * dimension, n * dimension);
            if (typeof(T) == typeof(double))
            {
                MemoryMarshal.Cast<T, double>(from).CopyTo(rows);
            }
            else
            {
                TensorPrimitives.ConvertTruncating<float, double>(MemoryMarshal.Cast<T, float>(from), rows);
            }

            rows = rows[(n * dimension)..];
            firstRow += n;
        }
    }

    /// <inheritdoc/>
    public bool TryGetRows(long firstRow, int wanted, out ReadOnlySpan<double> rows)
    {
        (long segment, long place) = Math.DivRem(firstRow, rowsPerSegment);
        if (typeof(T) == typeof(double) && wanted > 0 && place + wanted <= rowsPerSegment)
        {
            rows = MemoryMarshal.Cast<T, double>(segments[segment].AsSpan((int)place * dimension, wanted * dimension));
            return true;
        }

        rows = default;
        return false;
    }
}

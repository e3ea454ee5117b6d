using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using CommunityToolkit.HighPerformance;

namespace GmmNative;

/// <summary>
/// Rows in memory, <see cref="float"/> or <see cref="double"/>. They are read in place, not copied, and must not change while in use.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <example>
/// <code>
/// float[] numbers = [1.0f, 2.1f, 0.9f, 1.8f, 8.1f, 9.0f];
/// MemoryVectorSource&lt;float&gt; rows = new(numbers, dimension: 2);
/// GaussianMixture model = GaussianMixture.Fit(rows, components: 1);
/// </code>
/// </example>
public sealed class MemoryVectorSource<T> : IRandomAccessVectorSource
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ReadOnlyMemory2D<T> _rows;

    /// <summary>Wraps T x D rows.</summary>
    /// <param name="rows">T x D, row-major, with D at least 1. The distance between rows may be larger than D elements.</param>
    /// <exception cref="ArgumentException">There are no columns.</exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is neither float nor double.</exception>
    public MemoryVectorSource(ReadOnlyMemory2D<T> rows)
    {
        if (typeof(T) != typeof(double) && typeof(T) != typeof(float))
        {
            throw new NotSupportedException($"Vectors are float or double, not {typeof(T)}.");
        }

        if (rows.Width < 1)
        {
            throw new ArgumentException("The rows have no columns.", nameof(rows));
        }

        _rows = rows;
    }

    /// <summary>Wraps T x D rows that are stored contiguously.</summary>
    /// <param name="rows">T * D values, row-major.</param>
    /// <param name="dimension">D, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="dimension"/> is below 1.</exception>
    /// <exception cref="ArgumentException">The number of values is not a multiple of <paramref name="dimension"/>.</exception>
    public MemoryVectorSource(ReadOnlyMemory<T> rows, int dimension)
        : this(AsMatrix(rows, dimension))
    {
    }

    /// <inheritdoc/>
    public int Dimension => _rows.Width;

    /// <inheritdoc/>
    public long Count => _rows.Height;

    /// <inheritdoc/>
    public long? RowCount => _rows.Height;

    /// <inheritdoc/>
    public void Read(long firstRow, Span<double> rows)
    {
        int count = rows.Length / Dimension;
        ArgumentOutOfRangeException.ThrowIfNegative(firstRow);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(firstRow, Count - count);
        ReadOnlySpan2D<T> all = _rows.Span;
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<T> from = all.GetRowSpan((int)firstRow + i);
            Span<double> to = rows.Slice(i * from.Length, from.Length);
            if (typeof(T) == typeof(double))
            {
                MemoryMarshal.Cast<T, double>(from).CopyTo(to);
            }
            else
            {
                TensorPrimitives.ConvertTruncating<float, double>(MemoryMarshal.Cast<T, float>(from), to);
            }
        }
    }

    /// <inheritdoc/>
    public bool TryGetRows(long firstRow, int count, out ReadOnlySpan<double> rows)
    {
        if (typeof(T) == typeof(double) && _rows.Span.Slice((int)firstRow, 0, count, Dimension).TryGetSpan(out ReadOnlySpan<T> span))
        {
            rows = MemoryMarshal.Cast<T, double>(span);
            return true;
        }

        rows = default;
        return false;
    }

    private static ReadOnlyMemory2D<T> AsMatrix(ReadOnlyMemory<T> rows, int dimension)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        if (rows.Length % dimension != 0)
        {
            throw new ArgumentException($"{rows.Length} values are not a multiple of the dimension {dimension}.", nameof(rows));
        }

        return rows.AsMemory2D(rows.Length / dimension, dimension);
    }
}

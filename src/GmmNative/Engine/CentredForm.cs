using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using GmmNative.Interop;

namespace GmmNative;

/// <summary>
/// Mahalanobis distances and moments from differences of rows from one component's mean. In double it is accurate for far, tight and
/// ill-conditioned components, where the expanded squares of the products are not; and where groups are large it costs fewer operations and
/// far less memory than they do. One thread's scratch.
/// </summary>
/// <typeparam name="T">Its precision.</typeparam>
internal sealed class CentredForm<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly FeatureMap _map;
    private readonly ScratchPool _scratch;
    private readonly IDenseOperations<T> _operations;
    private readonly int _chunkRows;
    private readonly int _stride;
    private readonly int _height;
    private AlignedBuffer<T>? _rows;
    private AlignedBuffer<T>? _differences;
    private AlignedBuffer<T>? _scaled;
    private AlignedBuffer<T>? _gathered;
    private AlignedBuffer<T>? _square;
    private RowStrips _strips;

    /// <summary>Makes it for chunks of up to <paramref name="chunkRows"/> rows; memory is taken when it is first needed.</summary>
    public CentredForm(FeatureMap map, ExecutionPlan execution, int chunkRows)
    {
        _map = map;
        _scratch = execution.Scratch;
        _operations = execution.Backend.Operations<T>();
        _chunkRows = chunkRows;
        _stride = PaddedRows.Stride(map.Dimension);
        _height = RowStrips.PaddedHeight(map.LargestGroup);
    }

    /// <summary>Makes a chunk's rows ready for <see cref="Distances"/>.</summary>
    public void Prepare(CentredFactors<T> factors, in RowChunk chunk)
    {
        RowStrips most = _operations.Strips(_chunkRows);
        _rows ??= _scratch.Rent<T>(most.Length(_map.Dimension));
        _differences ??= _scratch.Rent<T>(most.Length(_height));
        _strips = _operations.Strips(chunk.Count);
        StripLayout.FromRows(_strips, _map.Dimension, chunk.Rows, factors.Shift, _rows.Span);
    }

    /// <summary>Squared Mahalanobis distances of the rows of the chunk last prepared from a component's mean.</summary>
    public void Distances(CentredFactors<T> factors, int component, Span<double> distances)
    {
        int dimension = _map.Dimension;
        ReadOnlySpan<T> mean = factors.Mean(component);
        if (_map.AllGroupsOfOne)
        {
            StripDistances.ScaledSquares(_strips, dimension, _rows!.Span, mean, factors.InverseDeviations(component, _map), distances);
            return;
        }

        distances[.._strips.Rows].Clear();
        PackedFactor<T>[] packed = factors.Factors(component);
        for (int g = 0; g < packed.Length; g++)
        {
            StripDifferences.Subtract(_strips, dimension, _rows!.Span, _map.Structure.GroupArrays[g], mean, _differences!.Span, _height);
            _operations.SolveStrips(packed[g], _strips, _differences.Span, _height);
            StripDifferences.AddSquares(_strips, packed[g].Order, _differences.Span, _height, distances);
        }
    }

    /// <summary>Adds weighted rows to a component's moments about an origin; rows of weight 0 cost nothing.</summary>
    public void AddMoments(int component, in RowChunk chunk, ReadOnlySpan<double> weights, ReadOnlySpan<double> origin, Moments moments)
    {
        // One row more than there can be: a group in the middle of a row has room behind the last row too.
        _scaled ??= _scratch.Rent<T>(checked((_chunkRows + 1) * _stride));
        int used = WeightedRows.Scale(_map.Dimension, chunk.Rows, weights, origin, moments.First(component), _scaled.Span, _stride);
        if (used == 0)
        {
            return;
        }

        moments.Weights[component] += TensorPrimitives.Sum(weights);
        if (_map.AllGroupsOfOne)
        {
            AddSquares(used, moments.Squares(component));
            return;
        }

        for (int g = 0; g < _map.Structure.GroupArrays.Length; g++)
        {
            AddProducts(g, used, moments.Square(component, g));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (AlignedBuffer<T>? buffer in (ReadOnlySpan<AlignedBuffer<T>?>)[_rows, _differences, _scaled, _gathered, _square])
        {
            if (buffer is not null)
            {
                _scratch.Return(buffer);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddSquares(int rows, Span<double> sums)
    {
        int dimension = _map.Dimension;
        for (int r = 0; r < rows; r++)
        {
            Span<T> row = _scaled!.Span.Slice(r * _stride, dimension);
            if (typeof(T) == typeof(double))
            {
                Span<double> values = MemoryMarshal.Cast<T, double>(row);
                TensorPrimitives.MultiplyAdd(values, values, sums, sums);
                continue;
            }

            for (int d = 0; d < dimension; d++)
            {
                sums[d] += double.CreateTruncating(row[d] * row[d]);
            }
        }
    }

    /// <summary>A symmetric product of the scaled differences of one group's coordinates.</summary>
    private void AddProducts(int group, int rows, Span<double> square)
    {
        int n = _map.Structure.GroupArrays[group].Length;
        Span<T> values;
        int stride;
        if (_map.FirstOfRun(group) is int first and >= 0)
        {
            stride = _stride;
            values = _scaled!.Span.Slice(first, rows * stride);
        }
        else
        {
            stride = PaddedRows.Stride(n);
            _gathered ??= _scratch.Rent<T>(checked(_chunkRows * PaddedRows.Stride(_map.LargestGroup)));
            values = _gathered.Span[..(rows * stride)];
            Gather(rows, _map.Structure.GroupArrays[group], values, stride);
        }

        // Sums over all rows are double; in single precision a chunk's are made apart and then widened.
        if (typeof(T) == typeof(double))
        {
            _operations.AddSymmetricProduct(n, rows, values, stride, MemoryMarshal.Cast<double, T>(square), n);
            return;
        }

        _square ??= _scratch.Rent<T>(_map.LargestSquare);
        Span<T> apart = _square.Span[..(n * n)];
        apart.Clear();
        _operations.AddSymmetricProduct(n, rows, values, stride, apart, n);
        for (int i = 0; i < n; i++)
        {
            Widening.Add(MemoryMarshal.Cast<T, float>(apart.Slice(i * n, i + 1)), square.Slice(i * n, i + 1));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Gather(int rows, int[] coordinates, Span<T> values, int stride)
    {
        for (int r = 0; r < rows; r++)
        {
            ReadOnlySpan<T> from = _scaled!.Span.Slice(r * _stride, _map.Dimension);
            Span<T> to = values.Slice(r * stride, coordinates.Length);
            for (int i = 0; i < to.Length; i++)
            {
                to[i] = from[coordinates[i]];
            }
        }
    }
}

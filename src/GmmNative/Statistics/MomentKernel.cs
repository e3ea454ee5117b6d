using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using GmmNative.Execution;
using GmmNative.Expectation;
using GmmNative.Interop.Kernels;
using GmmNative.Interop.Seam;
using GmmNative.Passes;

namespace GmmNative.Statistics;

/// <summary>
/// Computes moments from the differences between rows and an origin near the mean of the component, so that a large distance between
/// components costs no digits. Contains scratch memory for one thread.
/// </summary>
/// <typeparam name="T">The precision of the products.</typeparam>
internal sealed class MomentKernel<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly LiftedLayout _layout;
    private readonly ScratchPool _scratch;
    private readonly IDenseOperations<T> _operations;
    private readonly int _chunkRows;
    private readonly int _stride;
    private AlignedBuffer<T>? _scaled;
    private AlignedBuffer<T>? _gathered;
    private AlignedBuffer<T>? _square;

    /// <summary>Creates a kernel for chunks of up to <paramref name="chunkRows"/> rows. Memory is allocated at the first use.</summary>
    public MomentKernel(LiftedLayout layout, ExecutionPlan execution, int chunkRows)
    {
        _layout = layout;
        _scratch = execution.Scratch;
        _operations = execution.Backend.Operations<T>();
        _chunkRows = chunkRows;
        _stride = PaddedRows.Stride(layout.Dimension);
    }

    /// <summary>Adds weighted rows to the moments of a component about an origin. Rows of weight 0 are skipped.</summary>
    public void Add(
        int component, in RowChunk chunk, ReadOnlySpan<double> weights, ReadOnlySpan<double> origin, OwnOriginMoments moments)
    {
        // One row more than a chunk has: the product of a group that starts within a row reads past the end of the last row.
        _scaled ??= _scratch.Rent<T>(checked((_chunkRows + 1) * _stride));
        int used = WeightedRows.Scale(_layout.Dimension, chunk.Rows, weights, origin, moments.First(component), _scaled.Span, _stride);
        if (used == 0)
        {
            return;
        }

        moments.Weights[component] += TensorPrimitives.Sum(weights);
        if (_layout.AllGroupsOfOne)
        {
            AddSquares(used, moments.Squares(component));
            return;
        }

        for (int g = 0; g < _layout.Structure.GroupArrays.Length; g++)
        {
            AddProducts(g, used, moments.Square(component, g));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (AlignedBuffer<T>? buffer in (ReadOnlySpan<AlignedBuffer<T>?>)[_scaled, _gathered, _square])
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
        int dimension = _layout.Dimension;
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

    /// <summary>Adds the symmetric product of the scaled differences of the coordinates of one group.</summary>
    private void AddProducts(int group, int rows, Span<double> square)
    {
        int n = _layout.Structure.GroupArrays[group].Length;
        Span<T> values;
        int stride;
        if (_layout.FirstOfRun(group) is int first and >= 0)
        {
            stride = _stride;
            values = _scaled!.Span.Slice(first, rows * stride);
        }
        else
        {
            stride = PaddedRows.Stride(n);
            _gathered ??= _scratch.Rent<T>(checked(_chunkRows * PaddedRows.Stride(_layout.LargestGroup)));
            values = _gathered.Span[..(rows * stride)];
            Gather(rows, _layout.Structure.GroupArrays[group], values, stride);
        }

        // Sums over all rows are double. In single precision the sums of a chunk are computed separately and then widened.
        if (typeof(T) == typeof(double))
        {
            _operations.AddSymmetricProduct(n, rows, values, stride, MemoryMarshal.Cast<double, T>(square), n);
            return;
        }

        _square ??= _scratch.Rent<T>(_layout.LargestSquare);
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
            ReadOnlySpan<T> from = _scaled!.Span.Slice(r * _stride, _layout.Dimension);
            Span<T> to = values.Slice(r * stride, coordinates.Length);
            for (int i = 0; i < to.Length; i++)
            {
                to[i] = from[coordinates[i]];
            }
        }
    }
}

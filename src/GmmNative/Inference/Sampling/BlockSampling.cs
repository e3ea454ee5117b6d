using System.Collections.Concurrent;
using System.Numerics;
using System.Numerics.Tensors;
using GmmNative.Execution;
using GmmNative.Expectation;
using GmmNative.Interop.Kernels;
using GmmNative.Interop.Seam;
using GmmNative.Scoring;

namespace GmmNative.Inference.Sampling;

/// <summary>
/// Draws rows x = mu_k + L_k z with z standard normal and Sigma_k = L_k L_k', block by block. The rows of a block are grouped by component,
/// so that L_k z of many rows is one matrix product.
/// </summary>
/// <remarks>
/// Row r of the sequence uses the normal numbers r D to r D + D - 1, in the order of the groups of the structure, and the r-th draw of a
/// component. A block is always drawn whole: the bits of a row do not depend on the rows that are requested with it.
/// </remarks>
/// <typeparam name="T">The precision of the products. Normal numbers are drawn and means are added in double.</typeparam>
internal sealed class BlockSampling<T> : IBlockSampling
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The average number of rows per component from which a product is fast.</summary>
    private const int RowsPerComponent = 64;

    private const int MinimumRows = 512;

    /// <summary>The maximum number of numbers per block: 2 MB of doubles, a core's share of the second and third level.</summary>
    private const int BlockNumbers = 262144;

    /// <summary>The maximum number of rows per product, so that its operands stay in the second-level cache.</summary>
    private const int ProductRows = 240;

    private readonly GaussianMixture _model;
    private readonly ComponentDraw _components;
    private readonly RandomKey _key;
    private readonly IDenseOperations<T> _operations;
    private readonly bool _isDiagonal;
    private readonly double[] _deviations;
    private readonly PackedOperand<T>[][] _factors;
    private readonly double[] _noShift;
    private readonly T[] _noBias;

    /// <summary>Scratch memory of finished calls; as many as ran at the same time.</summary>
    private readonly ConcurrentBag<BlockScratch<T>> _free = [];

    /// <summary>Prepares a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="components">Draws the components.</param>
    /// <param name="key">The key of the normal numbers.</param>
    /// <param name="execution">The backend and the threads that factor covariances.</param>
    /// <exception cref="InvalidMixtureException">A covariance is not positive definite.</exception>
    public BlockSampling(GaussianMixture model, ComponentDraw components, RandomKey key, ExecutionPlan execution)
    {
        _model = model;
        _components = components;
        _key = key;
        _operations = execution.Backend.Operations<T>();
        BlockRows = RowsFor(model.Dimension, model.ComponentCount);
        int[][] groups = model.Structure.GroupArrays;
        int largest = groups.Max(group => group.Length);
        _isDiagonal = largest == 1;
        MixtureFactors factors = new(model, execution);
        _deviations = _isDiagonal ? Deviations(factors) : [];
        _factors = _isDiagonal ? [] : [.. Enumerable.Range(0, model.ComponentCount).Select(k => Pack(factors, k))];
        _noShift = new double[largest];
        _noBias = new T[RowStrips.PaddedHeight(largest)];
    }

    /// <inheritdoc/>
    public int BlockRows { get; }

    /// <inheritdoc/>
    public void Draw(long block, Span<double> rows)
    {
        BlockScratch<T> scratch = Rent();
        try
        {
            Fill(scratch, block, rows);
        }
        finally
        {
            _free.Add(scratch);
        }
    }

    /// <inheritdoc/>
    public void Draw(long block, int firstRow, Span<double> rows)
    {
        BlockScratch<T> scratch = Rent();
        try
        {
            if (scratch.KeptBlock != block)
            {
                scratch.KeptBlock = -1;
                Fill(scratch, block, scratch.Kept);
                scratch.KeptBlock = block;
            }

            scratch.Kept.AsSpan(firstRow * _model.Dimension, rows.Length).CopyTo(rows);
        }
        finally
        {
            _free.Add(scratch);
        }
    }

    /// <summary>Returns the number of rows per block: whole units of random numbers.</summary>
    internal static int RowsFor(int dimension, int components)
    {
        long wanted = Math.Max(MinimumRows, (long)RowsPerComponent * components);
        long possible = Math.Max(RandomNumbers.UnitLength, BlockNumbers / dimension);
        return (int)Math.Min(wanted, possible) / RandomNumbers.UnitLength * RandomNumbers.UnitLength;
    }

    private BlockScratch<T> Rent() => _free.TryTake(out BlockScratch<T>? scratch)
        ? scratch
        : new BlockScratch<T>(BlockRows, _model.Dimension, _model.ComponentCount);

    private double[] Deviations(MixtureFactors factors)
    {
        int dimension = _model.Dimension;
        double[] deviations = new double[checked(_model.ComponentCount * dimension)];
        int[][] groups = _model.Structure.GroupArrays;
        for (int i = 0; i < deviations.Length; i++)
        {
            (int component, int group) = Math.DivRem(i, dimension);
            deviations[(component * dimension) + groups[group][0]] = factors.Factor(component, group)[0];
        }

        return deviations;
    }

    private PackedOperand<T>[] Pack(MixtureFactors factors, int component)
    {
        int[][] groups = _model.Structure.GroupArrays;
        PackedOperand<T>[] packed = new PackedOperand<T>[groups.Length];
        for (int g = 0; g < groups.Length; g++)
        {
            int n = groups[g].Length;
            T[] factor = new T[n * n];
            for (int i = 0; i < n; i++)
            {
                TensorPrimitives.ConvertTruncating(
                    factors.Factor(component, g).Slice(i * n, i + 1), factor.AsSpan(i * n, i + 1));
            }

            packed[g] = _operations.Pack(n, n, factor, n);
        }

        return packed;
    }

    private void Fill(BlockScratch<T> scratch, long block, Span<double> rows)
    {
        // Beyond 2^64 numbers the sequence starts again, which no program reaches.
        ulong firstUnit = unchecked((ulong)block * (ulong)(BlockRows / RandomNumbers.UnitLength) * (ulong)_model.Dimension);
        RandomNumbers.Normals(_key, firstUnit, scratch.Normals);
        _components.Draw(block * BlockRows, scratch.Labels);
        if (_isDiagonal)
        {
            ScaleAndShift(scratch, rows);
            return;
        }

        OrderByComponent(scratch);
        int first = 0;
        for (int k = 0; k < scratch.Ends.Length; k++)
        {
            for (int end = scratch.Ends[k]; first < end;)
            {
                int count = Math.Min(ProductRows, end - first);
                Multiply(scratch, k, scratch.Order.AsSpan(first, count), rows);
                first += count;
            }
        }
    }

    private void ScaleAndShift(BlockScratch<T> scratch, Span<double> rows)
    {
        int dimension = _model.Dimension;
        for (int r = 0; r < scratch.Labels.Length; r++)
        {
            int k = scratch.Labels[r];
            TensorPrimitives.MultiplyAdd(
                scratch.Normals.AsSpan(r * dimension, dimension), _deviations.AsSpan(k * dimension, dimension), _model.Mean(k),
                rows.Slice(r * dimension, dimension));
        }
    }

    /// <summary>Orders the rows of a block by component, and the rows of a component by number.</summary>
    private static void OrderByComponent(BlockScratch<T> scratch)
    {
        int[] places = scratch.Ends;
        Array.Clear(places);
        foreach (int label in scratch.Labels)
        {
            places[label]++;
        }

        int start = 0;
        for (int k = 0; k < places.Length; k++)
        {
            (places[k], start) = (start, start + places[k]);
        }

        for (int r = 0; r < scratch.Labels.Length; r++)
        {
            scratch.Order[places[scratch.Labels[r]]++] = r;
        }
    }

    /// <summary>Computes rows of one component, group by group of coordinates.</summary>
    private void Multiply(BlockScratch<T> scratch, int component, ReadOnlySpan<int> order, Span<double> rows)
    {
        int dimension = _model.Dimension;
        ReadOnlySpan<double> mean = _model.Mean(component);
        int[][] groups = _model.Structure.GroupArrays;
        RowStrips strips = _operations.Strips(order.Length);
        int first = 0;
        for (int g = 0; g < groups.Length; g++)
        {
            int[] group = groups[g];
            int n = group.Length;
            scratch.EnsureRoom(strips, n);
            for (int i = 0; i < order.Length; i++)
            {
                scratch.Normals.AsSpan((order[i] * dimension) + first, n).CopyTo(scratch.Gathered.AsSpan(i * n));
            }

            StripMatrix<T> operand = new(strips, scratch.Operand.Span, n);
            StripMatrix<T> product = new(strips, scratch.Product.Span, RowStrips.PaddedHeight(n));
            StripLayout.FromRows(scratch.Gathered, _noShift, operand);
            _operations.MultiplyStrips(_factors[component][g], operand, _noBias, product);
            Span<double> row = scratch.Row.AsSpan(0, n);
            for (int i = 0; i < order.Length; i++)
            {
                StripRow.Read<T>(product, i, row);
                Span<double> to = rows.Slice(order[i] * dimension, dimension);
                for (int v = 0; v < n; v++)
                {
                    int coordinate = group[v];
                    to[coordinate] = mean[coordinate] + row[v];
                }
            }

            first += n;
        }
    }
}

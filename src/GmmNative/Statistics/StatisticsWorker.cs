using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using GmmNative.Expectation;
using GmmNative.Interop.Seam;
using GmmNative.Passes;

namespace GmmNative.Statistics;

/// <summary>Computes the E-step and the sufficient statistics of chunks, for one thread. The statistics specify their origins.</summary>
/// <typeparam name="T">The precision of the products.</typeparam>
internal sealed class StatisticsWorker<T> : IChunkWorker<SufficientStatistics>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly PreparedMixture<T> _prepared;
    private readonly ChunkExpectation<T> _expectation;
    private readonly double[] _weights;
    private readonly AlignedBuffer<T>? _chunkSums;

    // Compute moments from differences: in the precision of the products, and in double.
    private readonly MomentKernel<T> _centered;
    private readonly MomentKernel<double> _exact;

    /// <summary>Creates a worker.</summary>
    /// <param name="prepared">The model.</param>
    /// <param name="knownForms">The forms of the K components if they are the same for every chunk; otherwise decided per chunk.</param>
    /// <param name="chunkRows">The maximum number of rows per chunk.</param>
    /// <param name="isPooled">
    /// Whether the second moments are pooled, so that the term that all components have in common is left out.
    /// </param>
    public StatisticsWorker(PreparedMixture<T> prepared, DensityForm[]? knownForms, int chunkRows, bool isPooled)
    {
        _prepared = prepared;
        _expectation = new ChunkExpectation<T>(prepared, knownForms, chunkRows, isPooled);
        _weights = new double[chunkRows];
        _exact = new MomentKernel<double>(prepared.Layout, prepared.Execution, chunkRows);
        _centered = _exact as MomentKernel<T> ?? new MomentKernel<T>(prepared.Layout, prepared.Execution, chunkRows);

        // Sums over all rows are double. In single precision the sums of a chunk are computed separately and then widened.
        _chunkSums = typeof(T) == typeof(double) || prepared.Products is null
            ? null : prepared.Execution.Scratch.Rent<T>(checked(prepared.Components * prepared.Layout.Features));
    }

    public void Process(in RowChunk chunk, SufficientStatistics sums)
    {
        _expectation.Expect(chunk, eachRow: false);
        sums.AddRows(chunk.Count, _expectation.TotalWeight, _expectation.LogLikelihood);
        bool hasProducts = false;
        for (int k = 0; k < sums.Components; k++)
        {
            DensityForm form = _expectation.Forms[k];
            bool isForced = sums.Origins.IsForced(k);
            if (form != DensityForm.Products || isForced)
            {
                // Moments about a forced origin are computed in double, because they are needed for their digits.
                AddCentered(k, chunk, sums, inDouble: form != DensityForm.Centered || isForced);
            }
            else
            {
                sums.RequireSharedOrigin().Weights[k] += _expectation.Occupancies[k];
                hasProducts = true;
            }
        }

        sums.CenteredPairs += (long)_expectation.CenteredCount * chunk.Count;
        if (hasProducts)
        {
            AddProducts(sums.RequireSharedOrigin().Sums);
        }
    }

    /// <summary>
    /// Removes the posteriors of a component that must not be summed about the expansion point from the matrix, and sums its rows about its
    /// own origin.
    /// </summary>
    private void AddCentered(int component, in RowChunk chunk, SufficientStatistics sums, bool inDouble)
    {
        TakePosteriors(component);
        ReadOnlySpan<double> weights = _weights.AsSpan(0, chunk.Count);
        ReadOnlySpan<double> origin = sums.Origins.Origin(component);
        if (inDouble)
        {
            _exact.Add(component, chunk, weights, origin, sums.RequireOwnOrigin());
        }
        else
        {
            _centered.Add(component, chunk, weights, origin, sums.RequireOwnOrigin());
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void TakePosteriors(int component)
    {
        StripMatrix<T> posteriors = _expectation.Posteriors;
        Span<double> weights = _weights;
        for (int s = 0; s < posteriors.Strips.Count; s++)
        {
            Span<T> lanes = posteriors.Line(s, component);
            for (int i = 0; i < lanes.Length; i++)
            {
                weights[i] = double.CreateTruncating(lanes[i]);
            }

            lanes.Clear();
            weights = weights[lanes.Length..];
        }
    }

    private void AddProducts(Span<double> totals)
    {
        int components = _prepared.Components;
        Span<T> sums = MemoryMarshal.Cast<double, T>(totals);
        if (_chunkSums is not null)
        {
            sums = _chunkSums.Span;
            sums.Clear();
        }

        _prepared.Operations.AddStripProduct(
            _prepared.Layout.Features, components, _expectation.Features, _expectation.Posteriors, sums, components);
        if (_chunkSums is not null)
        {
            Widening.Add(MemoryMarshal.Cast<T, float>(sums), totals);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _expectation.Dispose();
        _exact.Dispose();
        if (!ReferenceEquals(_exact, _centered))
        {
            _centered.Dispose();
        }

        if (_chunkSums is not null)
        {
            _prepared.Execution.Scratch.Return(_chunkSums);
        }
    }
}

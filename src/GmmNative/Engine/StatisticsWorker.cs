using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using GmmNative.Interop;

namespace GmmNative;

/// <summary>E-step and sufficient statistics of chunks, for one thread.</summary>
/// <typeparam name="T">Precision of the products.</typeparam>
internal sealed class StatisticsWorker<T> : IChunkWorker<SufficientStatistics>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ExpectationPlan<T> _plan;
    private readonly StatisticsOrigins _origins;
    private readonly ChunkExpectation<T> _expectation;
    private readonly double[] _weights;
    private readonly AlignedBuffer<T>? _chunkSums;

    /// <summary>Makes a worker.</summary>
    /// <param name="plan">The model.</param>
    /// <param name="origins">Where components are summed about when they are not summed about the shift.</param>
    /// <param name="knownForms">K decisions that hold for every chunk, where they are known beforehand.</param>
    /// <param name="chunkRows">Most rows of a chunk.</param>
    public StatisticsWorker(ExpectationPlan<T> plan, StatisticsOrigins origins, DensityForm[]? knownForms, int chunkRows)
    {
        _plan = plan;
        _origins = origins;
        _expectation = new ChunkExpectation<T>(plan, knownForms, chunkRows);
        _weights = new double[chunkRows];

        // Sums over all rows are double; in single precision a chunk's are made apart and then widened.
        _chunkSums = typeof(T) == typeof(double) || plan.Products is null
            ? null : plan.Execution.Scratch.Rent<T>(checked(plan.Components * plan.Map.Features));
    }

    public void Process(in RowChunk chunk, SufficientStatistics sums)
    {
        _expectation.Expect(chunk, eachRow: false);
        sums.AddRows(chunk.Count, _expectation.LogLikelihood);
        for (int k = 0; k < sums.Components; k++)
        {
            DensityForm form = _expectation.Forms[k];
            if (form != DensityForm.Products || _origins.IsForced(k))
            {
                // Moments that must be about a given origin are wanted for their digits.
                AddCentred(k, chunk, sums, inDouble: form != DensityForm.Centred || _origins.IsForced(k));
            }
            else
            {
                sums.RequireShifted().Weights[k] += _expectation.Occupancies[k];
            }
        }

        sums.CentredPairs += (long)_expectation.CentredCount * chunk.Count;
        if (_expectation.CentredCount < sums.Components)
        {
            AddProducts(sums.RequireShifted().Sums);
        }
    }

    /// <summary>Takes the posteriors of a component that must not be summed about the shift out of the matrix, and sums its rows about its origin.</summary>
    private void AddCentred(int component, in RowChunk chunk, SufficientStatistics sums, bool inDouble)
    {
        TakePosteriors(component);
        ReadOnlySpan<double> weights = _weights.AsSpan(0, chunk.Count);
        ReadOnlySpan<double> origin = _origins.Origin(component);
        if (inDouble)
        {
            _expectation.Exact.AddMoments(component, chunk, weights, origin, sums.RequireCentred());
        }
        else
        {
            _expectation.Centred.AddMoments(component, chunk, weights, origin, sums.RequireCentred());
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void TakePosteriors(int component)
    {
        RowStrips strips = _expectation.Strips;
        Span<double> weights = _weights;
        for (int s = 0; s < strips.Count; s++)
        {
            Span<T> lanes = _expectation.Posteriors.Slice(strips.LineOffset(s, component, _expectation.Height), strips.RowsOf(s));
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
        int components = _plan.Components;
        Span<T> sums = MemoryMarshal.Cast<double, T>(totals);
        if (_chunkSums is not null)
        {
            sums = _chunkSums.Span;
            sums.Clear();
        }

        _plan.Operations.AddStripProduct(
            _plan.Map.Features, components, _expectation.Strips, _expectation.Features, _expectation.FeatureHeight,
            _expectation.Posteriors, _expectation.Height, sums, components);
        if (_chunkSums is not null)
        {
            Widening.Add(MemoryMarshal.Cast<T, float>(sums), totals);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _expectation.Dispose();
        if (_chunkSums is not null)
        {
            _plan.Execution.Scratch.Return(_chunkSums);
        }
    }
}

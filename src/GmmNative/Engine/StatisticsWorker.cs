using System.Numerics;
using System.Numerics.Tensors;
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
    private readonly AlignedBuffer<T> _columnSums;
    private readonly AlignedBuffer<T>? _chunkSums;

    /// <summary>Makes a worker.</summary>
    /// <param name="plan">The model.</param>
    /// <param name="origins">Where components are summed about when they are not summed about the shift.</param>
    /// <param name="knownForms">K decisions that hold for every chunk, where they are known beforehand.</param>
    /// <param name="chunkRows">Most rows of a chunk.</param>
    public StatisticsWorker(ExpectationPlan<T> plan, StatisticsOrigins origins, bool[]? knownForms, int chunkRows)
    {
        _plan = plan;
        _origins = origins;
        _expectation = new ChunkExpectation<T>(plan, knownForms, chunkRows);
        _weights = new double[chunkRows];
        _columnSums = new AlignedBuffer<T>(_expectation.Stride);

        // Sums over all rows are double; in single precision a chunk's are made apart and then widened.
        _chunkSums = typeof(T) == typeof(double) ? null : new AlignedBuffer<T>(checked(plan.ProductBias.Length * plan.Map.Features));
    }

    public void Process(in RowChunk chunk, SufficientStatistics sums)
    {
        _expectation.Expect(chunk);
        sums.AddLogDensities(_expectation.LogDensities);
        bool allProducts = _expectation.AllProducts && !_origins.Any;
        if (!allProducts)
        {
            AddCentred(chunk, sums);
        }

        AddProducts(chunk.Count, sums.Shifted);
    }

    /// <summary>Takes the posteriors of components that must not be summed about the shift out of the matrix, and sums them about their origin.</summary>
    private void AddCentred(in RowChunk chunk, SufficientStatistics sums)
    {
        int stride = _expectation.Stride;
        Span<T> posteriors = _expectation.PosteriorRows;
        for (int k = 0; k < sums.Components; k++)
        {
            bool centred = _expectation.CentredForms[k];
            sums.CentredPairs += centred ? chunk.Count : 0;
            if (!centred && !_origins.IsForced(k))
            {
                continue;
            }

            for (int r = 0; r < chunk.Count; r++)
            {
                ref T posterior = ref posteriors[(r * stride) + k];
                _weights[r] = double.CreateTruncating(posterior);
                posterior = T.Zero;
            }

            _expectation.CentredForm.AddMoments(k, chunk, _weights.AsSpan(0, chunk.Count), _origins.Origin(k), sums.RequireCentred());
        }
    }

    private void AddProducts(int count, Moments moments)
    {
        if (_expectation.CentredForms.Count(false) == 0)
        {
            return;
        }

        int components = moments.Weights.Length;
        int features = _plan.Map.Features;
        int stride = _expectation.Stride;
        Span<T> columnSums = _columnSums.Span;
        columnSums.Clear();
        for (int r = 0; r < count; r++)
        {
            TensorPrimitives.Add(columnSums, _expectation.PosteriorRows.Slice(r * stride, stride), columnSums);
        }

        for (int k = 0; k < components; k++)
        {
            moments.Weights[k] += double.CreateTruncating(columnSums[k]);
        }

        if (typeof(T) == typeof(double))
        {
            _plan.Operations.AddTransposedProduct(
                components, features, count, _expectation.PosteriorRows, stride, _expectation.Features, features,
                MemoryMarshal.Cast<double, T>(moments.Features), features);
            return;
        }

        Span<T> chunkSums = _chunkSums!.Span;
        chunkSums.Clear();
        _plan.Operations.AddTransposedProduct(
            components, features, count, _expectation.PosteriorRows, stride, _expectation.Features, features, chunkSums, features);
        Span<double> totals = moments.Features;
        for (int i = 0; i < totals.Length; i++)
        {
            totals[i] += double.CreateTruncating(chunkSums[i]);
        }
    }
}

using System.Numerics.Tensors;
using GmmNative.Passes;
using GmmNative.Scoring.Results;

namespace GmmNative.Scoring;

/// <summary>
/// Computes log-likelihood ratios and anomalies from the log-densities of one chunk at a time. Scratch memory of one thread.
/// </summary>
/// <param name="request">The results to compute.</param>
/// <param name="background">The background model of the request, prepared.</param>
/// <param name="chunkRows">The maximum number of rows per chunk.</param>
internal sealed class DerivedResults(ResultRequest request, MixtureScorer? background, int chunkRows)
{
    private readonly double[] _backgroundDensities = background is null ? [] : new double[chunkRows];
    private readonly int[] _anomalies = request.Has(ResultKinds.Anomaly) ? new int[chunkRows] : [];
    private int _count;

    /// <summary>1 for each row of the last chunk that is an anomaly, otherwise 0, or -1 if it is left out; empty if they are not
    /// requested.</summary>
    public ReadOnlySpan<int> Anomalies => _anomalies.AsSpan(0, Math.Min(_anomalies.Length, _count));

    /// <summary>Computes the results of a chunk.</summary>
    /// <param name="chunk">The rows.</param>
    /// <param name="logDensities">The log-densities of the rows; receives the log-likelihood ratios if there is a background model.</param>
    public void Compute(in RowChunk chunk, Span<double> logDensities)
    {
        _count = chunk.Count;
        if (background is not null)
        {
            Span<double> subtrahends = _backgroundDensities.AsSpan(0, _count);
            background.LogDensities(chunk.Rows, subtrahends);
            TensorPrimitives.Subtract(logDensities, subtrahends, logDensities);
        }

        for (int r = 0; r < Anomalies.Length; r++)
        {
            _anomalies[r] = logDensities[r] < request.Threshold ? 1 : 0;
        }

        LeftOutRows.Mark(logDensities[..Anomalies.Length], _anomalies);
    }
}

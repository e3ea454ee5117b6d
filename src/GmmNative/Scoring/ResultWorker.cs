using GmmNative.Passes;
using GmmNative.Scoring.Regression;
using GmmNative.Scoring.Results;

namespace GmmNative.Scoring;

/// <summary>Scores chunks and adds their results to blocks, for one thread.</summary>
/// <param name="scoring">Scores a chunk. It is disposed with this instance.</param>
/// <param name="results">Receives the results of a chunk.</param>
/// <param name="derived">Computes results from those of the chunk.</param>
/// <param name="regression">The regression, if it is requested.</param>
/// <param name="source">The rows, which specify what happens to missing values.</param>
/// <param name="chunkRows">The maximum number of rows per chunk.</param>
internal sealed class ResultWorker<TBlock>(
    IChunkWorker<ChunkResults> scoring, ChunkResults results, DerivedResults derived, IRowRegression? regression, IVectorSource source,
    int chunkRows)
    : IChunkWorker<TBlock>
    where TBlock : class, IResultBlock
{
    private readonly IncompleteRegression? _regression =
        regression is null ? null : new IncompleteRegression(regression, source.Dimension, source.MissingValues);

    private readonly double[] _converted = regression is null ? [] : new double[checked(chunkRows * regression.Wanted)];
    private readonly double[] _covariances = regression is null ? [] : new double[checked(chunkRows * regression.CovarianceLength)];

    /// <inheritdoc/>
    public void Process(in RowChunk chunk, TBlock sums)
    {
        scoring.Process(chunk, results);
        RowResults scored = new()
        {
            FirstRow = chunk.FirstRow,
            Count = chunk.Count,
            LogDensities = results.LogDensities,
            Posteriors = results.Posteriors,
            Labels = results.Labels,
            LargestPosteriors = results.Largest,
        };
        Span<double> converted = default;
        Span<double> covariances = default;
        if (regression is not null && _regression is not null)
        {
            converted = _converted.AsSpan(0, chunk.Count * regression.Wanted);
            covariances = _covariances.AsSpan(0, chunk.Count * regression.CovarianceLength);
            _regression.Predict(chunk, scored, converted, covariances);
        }

        derived.Compute(chunk, results.LogDensities);
        sums.Add(scored with
        {
            Regression = converted,
            RegressionCovariances = covariances,
            Anomalies = derived.Anomalies,
        });
    }

    /// <inheritdoc/>
    public void Dispose() => scoring.Dispose();
}

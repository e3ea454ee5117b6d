using GmmNative.Data;
using GmmNative.Expectation;
using GmmNative.Expectation.Missing;
using GmmNative.Passes;
using GmmNative.Scoring.Results;

namespace GmmNative.Scoring.Imputation;

/// <summary>Replaces missing values by their expected values, for one thread.</summary>
/// <typeparam name="TBlock">The receiver of the rows.</typeparam>
/// <param name="prepared">The model.</param>
/// <param name="parameters">The conditional distributions of the model.</param>
/// <param name="source">The rows, for messages.</param>
/// <param name="chunkRows">The maximum number of rows per chunk.</param>
internal sealed class ImputationWorker<TBlock>(
    PreparedMixture<double> prepared, ConditionalParameters parameters, IVectorSource source, int chunkRows) : IChunkWorker<TBlock>
    where TBlock : class, IResultBlock
{
    private readonly MissingExpectation _expectation = new(parameters, prepared.Exact, prepared.Layout, prepared.Execution, chunkRows);
    private readonly RowPartition _partition = new(prepared.Layout.Dimension);
    private readonly RowGathering _gathering = new();
    private readonly int[] _missingCounts = new int[chunkRows];
    private readonly double[] _rows = new double[checked(chunkRows * prepared.Layout.Dimension)];
    private readonly double[] _imputed = new double[checked(chunkRows * prepared.Layout.Dimension)];

    /// <inheritdoc/>
    public void Process(in RowChunk chunk, TBlock sums)
    {
        int dimension = prepared.Layout.Dimension;
        FiniteCheck.ThrowIfNotUsable(source, chunk.Rows, chunk.FirstRow);
        Span<double> result = _rows.AsSpan(0, chunk.Rows.Length);
        chunk.Rows.CopyTo(result);
        _partition.Divide(chunk);
        ReadOnlySpan<int> rows = _partition.Incomplete;
        for (int i = 0; i < rows.Length; i++)
        {
            _missingCounts[i] = chunk.Rows.Slice(rows[i] * dimension, dimension).Count(double.NaN);
        }

        for (int first = 0, length; first < rows.Length; first += length)
        {
            length = _expectation.PartLength(_missingCounts.AsSpan(first, rows.Length - first));
            ReadOnlySpan<int> part = rows.Slice(first, length);
            ReadOnlySpan<double> incomplete = _gathering.Gather(chunk, part, []).Rows;
            _expectation.Expect(incomplete);
            _expectation.Impute(incomplete, _imputed);
            for (int i = 0; i < part.Length; i++)
            {
                _imputed.AsSpan(i * dimension, dimension).CopyTo(result[(part[i] * dimension)..]);
            }
        }

        sums.Add(new RowResults { FirstRow = chunk.FirstRow, Count = chunk.Count, Rows = result });
    }

    /// <inheritdoc/>
    public void Dispose() => _expectation.Dispose();
}

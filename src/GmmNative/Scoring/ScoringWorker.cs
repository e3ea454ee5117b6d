using System.Numerics;
using GmmNative.Data;
using GmmNative.Expectation.Missing;
using GmmNative.Passes;

namespace GmmNative.Scoring;

/// <summary>Computes the E-step of chunks and passes the results to sinks, for one thread. Checks that every value is finite, or
/// missing if the source allows that.</summary>
/// <typeparam name="T">The precision of the products.</typeparam>
/// <typeparam name="TSink">The receiver of the results of a chunk.</typeparam>
internal sealed class ScoringWorker<T, TSink>(ScoringModel<T> prepared, IVectorSource source, long expectedRows, int chunkRows)
    : IChunkWorker<TSink>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TSink : class, IRowSink
{
    private readonly RowExpectation<T> _expectation = new(prepared.Mixture, chunkRows, source.MissingValues, prepared.Conditional);

    public void Process(in RowChunk chunk, TSink sums)
    {
        if (chunk.FirstRow + chunk.Count > expectedRows)
        {
            throw new VectorDataException(
                $"The source returned more than the expected {expectedRows} rows: every pass must return the same rows.");
        }

        FiniteCheck.ThrowIfNotUsable(source, chunk.Rows, chunk.FirstRow);
        _expectation.Expect(chunk);
        sums.Take<T>(chunk.FirstRow, _expectation.LogDensities, _expectation.Posteriors);
    }

    /// <inheritdoc/>
    public void Dispose() => _expectation.Dispose();
}

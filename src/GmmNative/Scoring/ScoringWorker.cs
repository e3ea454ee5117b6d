using System.Numerics;
using GmmNative.Data;
using GmmNative.Expectation;
using GmmNative.Passes;

namespace GmmNative.Scoring;

/// <summary>E-step of chunks whose results go to sinks, for one thread. Checks that every value is finite.</summary>
/// <typeparam name="T">Precision of the products.</typeparam>
/// <typeparam name="TSink">What takes the results of a chunk.</typeparam>
internal sealed class ScoringWorker<T, TSink>(PreparedMixture<T> prepared, IVectorSource source, long expectedRows, int chunkRows)
    : IChunkWorker<TSink>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TSink : class, IRowSink
{
    private readonly ChunkExpectation<T> _expectation = new(prepared, knownForms: null, chunkRows);

    public void Process(in RowChunk chunk, TSink sums)
    {
        if (chunk.FirstRow + chunk.Count > expectedRows)
        {
            throw new VectorDataException(
                $"The source gave more than the {expectedRows} rows it had before: it must give the same rows every time.");
        }

        FiniteCheck.ThrowIfNonFinite(source, chunk.Rows, chunk.FirstRow);
        _expectation.Expect(chunk, eachRow: true);
        sums.Take<T>(chunk.FirstRow, _expectation.LogDensities, _expectation.Posteriors);
    }

    /// <inheritdoc/>
    public void Dispose() => _expectation.Dispose();
}

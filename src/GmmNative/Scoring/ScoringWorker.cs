using System.Numerics;
using GmmNative.Data;
using GmmNative.Expectation;
using GmmNative.Passes;

namespace GmmNative.Scoring;

/// <summary>E-step of chunks whose results go to a sink, for one thread. Checks that every value is finite.</summary>
/// <typeparam name="T">Precision of the products.</typeparam>
internal sealed class ScoringWorker<T>(PreparedMixture<T> prepared, IVectorSource source, IRowSink sink, long expectedRows, int chunkRows)
    : IChunkWorker<RowCount>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ChunkExpectation<T> _expectation = new(prepared, knownForms: null, chunkRows);

    public void Process(in RowChunk chunk, RowCount sums)
    {
        if (chunk.FirstRow + chunk.Count > expectedRows)
        {
            throw new VectorDataException(
                $"The source gave more than the {expectedRows} rows it had before: it must give the same rows every time.");
        }

        FiniteCheck.ThrowIfNonFinite(source, chunk.Rows, chunk.FirstRow);
        _expectation.Expect(chunk, eachRow: true);
        sink.Take<T>(chunk.FirstRow, _expectation.LogDensities, _expectation.Posteriors);
        sums.Rows += chunk.Count;
    }

    /// <inheritdoc/>
    public void Dispose() => _expectation.Dispose();
}

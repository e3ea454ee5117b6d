using System.Numerics.Tensors;
using GmmNative.Passes;

namespace GmmNative.Scoring.Criteria;

/// <summary>Adds the rows of chunks to the sums of criteria, for one thread.</summary>
/// <param name="scoring">Scores a chunk. It is disposed with this instance.</param>
/// <param name="results">Receives the log-densities and posteriors of a chunk.</param>
/// <param name="components">K.</param>
internal sealed class CriteriaWorker(IChunkWorker<ChunkResults> scoring, ChunkResults results, int components)
    : IChunkWorker<CriteriaSums>
{
    /// <inheritdoc/>
    public void Process(in RowChunk chunk, CriteriaSums sums)
    {
        // Without weights, which would multiply the posteriors.
        scoring.Process(new RowChunk(chunk.Rows, chunk.Count, chunk.FirstRow), results);
        for (int r = 0; r < chunk.Count; r++)
        {
            // Rows that are left out, and rows without observed values, do not count.
            int dimension = chunk.Rows.Length / chunk.Count;
            if (double.IsNaN(results.LogDensities[r]) || !chunk.Rows.Slice(r * dimension, dimension).ContainsAnyExcept(double.NaN))
            {
                continue;
            }

            double largest = TensorPrimitives.Max(results.Posteriors.Slice(r * components, components));
            sums.Add(chunk.Weights.IsEmpty ? 1 : chunk.Weights[r], results.LogDensities[r], largest);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => scoring.Dispose();
}

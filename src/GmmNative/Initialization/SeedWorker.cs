using System.Numerics.Tensors;

namespace GmmNative;

/// <summary>Distances of rows from candidate seeds, for one thread.</summary>
/// <param name="codebook">The candidates.</param>
/// <param name="nearest">Each row's squared distance from its nearest seed so far.</param>
/// <param name="narrow">Whether to lower <paramref name="nearest"/> to the distances from the only candidate.</param>
/// <param name="chunkRows">Most rows of a chunk.</param>
internal sealed class SeedWorker(Codebook codebook, double[] nearest, bool narrow, int chunkRows) : IChunkWorker<SeedPotentials>
{
    private readonly ChunkAssignment _assignment = new(codebook, chunkRows);
    private readonly double[] _row = new double[codebook.Shift.Length];

    public void Process(in RowChunk chunk, SeedPotentials sums)
    {
        int dimension = codebook.Shift.Length;
        if (chunk.FirstRow + chunk.Count > nearest.Length)
        {
            throw SameRows.OtherCount(chunk.FirstRow + chunk.Count, nearest.Length);
        }

        sums.Rows += chunk.Count;
        _assignment.Score(chunk);
        Span<double> known = nearest.AsSpan(checked((int)chunk.FirstRow), chunk.Count);
        for (int r = 0; r < chunk.Count; r++)
        {
            TensorPrimitives.Subtract(chunk.Rows.Slice(r * dimension, dimension), codebook.Shift, _row);
            double square = TensorPrimitives.SumOfSquares<double>(_row);
            ReadOnlySpan<double> scores = _assignment.Scores[_assignment.Strips.Offset(r, _assignment.Height)..];
            for (int k = 0; k < codebook.Clusters; k++)
            {
                double distance = Math.Min(known[r], Math.Max(0, square - (2 * scores[k * _assignment.Strips.Width])));
                sums.Sums[k] += distance;
                if (narrow)
                {
                    known[r] = distance;
                }
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _assignment.Dispose();
}

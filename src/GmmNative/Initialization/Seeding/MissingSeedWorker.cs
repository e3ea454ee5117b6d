using GmmNative.Data;
using GmmNative.Initialization.Missing;
using GmmNative.Passes;

namespace GmmNative.Initialization.Seeding;

/// <summary>Computes distances of rows with missing values from candidate seeds, for one thread.</summary>
/// <param name="nearest">The seeds so far, and the distances of the rows from them.</param>
/// <param name="candidates">The candidates, row-major, without missing values.</param>
/// <param name="scaling">The coordinates of the seeds and candidates.</param>
/// <param name="narrow">The index of the accepted seed, or a negative number while candidates are being evaluated.</param>
internal sealed class MissingSeedWorker(NearestSeeds nearest, double[] candidates, RowScaling scaling, int narrow)
    : IChunkWorker<SeedPotentials>
{
    private readonly PartialDistances _distances = new(scaling);

    /// <inheritdoc/>
    public void Process(in RowChunk chunk, SeedPotentials sums)
    {
        if (chunk.FirstRow + chunk.Count > nearest.Squares.Length)
        {
            throw SameRows.OtherCount(chunk.FirstRow + chunk.Count, nearest.Squares.Length);
        }

        int dimension = scaling.Scale.Length;
        sums.Rows += chunk.Count;
        for (int r = 0; r < chunk.Count; r++)
        {
            _distances.Load(chunk.Rows.Slice(r * dimension, dimension));
            ref double known = ref nearest.Squares[chunk.FirstRow + r];
            double before = known;
            for (int c = 0; c < candidates.Length / dimension; c++)
            {
                double square = _distances.Square(candidates.AsSpan(c * dimension, dimension));
                sums.Sums[c] += chunk.WeightOf(r) * Math.Min(before, square);
                if (narrow >= 0 && !(before <= square))
                {
                    known = square;
                    nearest.Labels[(int)chunk.FirstRow + r] = narrow;
                }
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}

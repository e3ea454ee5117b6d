using System.Numerics.Tensors;
using GmmNative.Interop;

namespace GmmNative;

/// <summary>Distances of rows from candidate seeds, for one thread.</summary>
/// <param name="nearest">The seeds so far, and the rows' distances from them.</param>
/// <param name="candidates">The candidates, all in one group.</param>
/// <param name="count">Number of candidates.</param>
/// <param name="reach">For each seed the squared distance within which its rows are nearer to it than to any candidate.</param>
/// <param name="shift">What the seeds and candidates are less than the rows.</param>
/// <param name="narrow">The number of the only candidate as a seed, where rows are to be told of it; negative where it is only tried.</param>
/// <param name="chunkRows">Most rows of a chunk.</param>
/// <param name="scratch">Where scratch comes from.</param>
internal sealed class SeedWorker(
    NearestSeeds nearest, PointGroups candidates, int count, double[] reach, double[] shift, int narrow, int chunkRows, ScratchPool scratch)
    : IChunkWorker<SeedPotentials>
{
    private readonly AlignedBuffer<double> _centred = scratch.Rent<double>(checked(chunkRows * candidates.Stride));
    private readonly AlignedBuffer<double> _squares = scratch.Rent<double>(checked(chunkRows * candidates.GroupSize));
    private readonly AlignedBuffer<int> _rows = scratch.Rent<int>(2 * chunkRows);

    public void Process(in RowChunk chunk, SeedPotentials sums)
    {
        long rows = chunk.FirstRow + chunk.Count;
        if (rows > nearest.Squares.Length)
        {
            throw SameRows.OtherCount(rows, nearest.Squares.Length);
        }

        int first = (int)chunk.FirstRow;
        Span<double> known = nearest.Squares.AsSpan(first, chunk.Count);
        Span<int> labels = nearest.Labels.Slice(first, chunk.Count);
        Span<int> doubtful = _rows.Span[..chunkRows];
        Span<int> order = _rows.Span[chunkRows..];
        int used = 0;
        double kept = 0;
        for (int r = 0; r < known.Length; r++)
        {
            if (known[r] <= reach[labels[r]])
            {
                kept += known[r];
                continue;
            }

            Span<double> centred = _centred.Span.Slice(used * candidates.Stride, candidates.Stride);
            TensorPrimitives.Subtract(chunk.Rows.Slice(r * shift.Length, shift.Length), shift, centred);
            centred[shift.Length..].Clear();
            order[used] = used;
            doubtful[used++] = r;
        }

        sums.Rows += chunk.Count;
        PointDistances.Squares(candidates, 0, _centred.Span, order[..used], _squares.Span);
        Span<double> totals = sums.Sums;
        TensorPrimitives.Add(totals, kept, totals);
        for (int i = 0; i < used; i++)
        {
            ref double before = ref known[doubtful[i]];
            ReadOnlySpan<double> squares = _squares.Span.Slice(i * candidates.GroupSize, count);
            for (int c = 0; c < squares.Length; c++)
            {
                totals[c] += Math.Min(before, squares[c]);
            }

            if (narrow >= 0 && !(before <= squares[0]))
            {
                before = squares[0];
                labels[doubtful[i]] = narrow;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        scratch.Return(_centred);
        scratch.Return(_squares);
        scratch.Return(_rows);
    }
}

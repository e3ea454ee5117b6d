using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using GmmNative.Data;
using GmmNative.Execution;
using GmmNative.Interop.Kernels;
using GmmNative.Interop.Seam;
using GmmNative.Passes;

namespace GmmNative.Initialization.Seeding;

/// <summary>Computes distances of rows from candidate seeds, for one thread.</summary>
/// <param name="nearest">The seeds so far, and the distances of the rows from them.</param>
/// <param name="candidates">The candidates, all in one group.</param>
/// <param name="reach">For each seed, the squared distance within which its rows are nearer to it than to any candidate.</param>
/// <param name="scaling">The coordinates of the seeds and candidates.</param>
/// <param name="narrow">The index of the accepted seed, or a negative number while candidates are being evaluated.</param>
/// <param name="chunkRows">The maximum number of rows per chunk.</param>
/// <param name="scratch">The pool of scratch buffers.</param>
internal sealed class SeedWorker(
    NearestSeeds nearest, PointGroups candidates, double[] reach, RowScaling scaling, int narrow, int chunkRows, ScratchPool scratch)
    : IChunkWorker<SeedPotentials>
{
    private readonly AlignedBuffer<double> _centered = Cleared(scratch.Rent<double>(checked(chunkRows * candidates.Stride)));
    private readonly AlignedBuffer<double> _squares = scratch.Rent<double>(checked(chunkRows * candidates.GroupSize));
    private readonly AlignedBuffer<int> _rows = scratch.Rent<int>(2 * chunkRows);

    public void Process(in RowChunk chunk, SeedPotentials sums)
    {
        long rows = chunk.FirstRow + chunk.Count;
        if (rows > nearest.Squares.Length)
        {
            throw SameRows.OtherCount(rows, nearest.Squares.Length);
        }

        int dimension = scaling.ExpansionPoint.Length;
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
                kept += chunk.WeightOf(r) * known[r];
                continue;
            }

            // Apply does not touch the padding after the row, which stays zero.
            scaling.Apply(chunk.Rows.Slice(r * dimension, dimension), _centered.Span.Slice(used * candidates.Stride, dimension));
            order[used] = used;
            doubtful[used++] = r;
        }

        sums.Rows += chunk.Count;
        PointDistances.Squares(candidates, 0, _centered.Span, order[..used], _squares.Span);
        TensorPrimitives.Add(sums.Sums, kept, sums.Sums);
        AddRemaining(_squares.Span, known, chunk.Weights, doubtful[..used], sums.Sums);
        for (int i = 0; i < used && narrow >= 0; i++)
        {
            ref double before = ref known[doubtful[i]];
            double square = _squares.Span[i * candidates.GroupSize];
            if (!(before <= square))
            {
                before = square;
                labels[doubtful[i]] = narrow;
            }
        }
    }

    /// <summary>
    /// Adds, for each candidate, the weighted squared distances of the rows that would remain if the candidate were adopted.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddRemaining(
        ReadOnlySpan<double> squares, ReadOnlySpan<double> known, ReadOnlySpan<double> weights, ReadOnlySpan<int> rows,
        Span<double> totals)
    {
        ref double first = ref MemoryMarshal.GetReference(squares);
        ref double total = ref MemoryMarshal.GetReference(totals);
        for (int i = 0; i < totals.Length; i += Vector<double>.Count)
        {
            Vector<double> sum = Vector.LoadUnsafe(ref total, (nuint)i);
            for (int r = 0; r < rows.Length; r++)
            {
                Vector<double> remaining = Vector.Min(
                    new Vector<double>(known[rows[r]]), Vector.LoadUnsafe(ref first, (nuint)((r * totals.Length) + i)));
                sum += weights.IsEmpty ? remaining : remaining * weights[rows[r]];
            }

            sum.StoreUnsafe(ref total, (nuint)i);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        scratch.Return(_centered);
        scratch.Return(_squares);
        scratch.Return(_rows);
    }

    private static AlignedBuffer<double> Cleared(AlignedBuffer<double> buffer)
    {
        buffer.Span.Clear();
        return buffer;
    }
}

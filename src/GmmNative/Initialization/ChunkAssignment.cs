using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using GmmNative.Interop;

namespace GmmNative;

/// <summary>Nearest centroids of the rows of one chunk at a time; one thread's scratch.</summary>
/// <remarks>
/// What is remembered of the rows tells which groups of centroids each must look at. Group by group the rows that must are listed, so that the
/// group's centroids stay in the first-level cache.
/// </remarks>
internal sealed class ChunkAssignment : IDisposable
{
    private readonly Codebook _codebook;
    private readonly NearestMemory _memory;
    private readonly CentroidGrouping _grouping;
    private readonly int _chunkRows;
    private readonly AlignedBuffer<double> _centred;
    private readonly AlignedBuffer<double> _squares;
    private readonly AlignedBuffer<int> _labels;
    private readonly AlignedBuffer<int> _lists;
    private readonly int[] _listed;
    private readonly float[] _bounds;
    private int _count;

    public ChunkAssignment(Codebook codebook, int chunkRows)
    {
        _codebook = codebook;
        _memory = codebook.Memory;
        _grouping = _memory.Grouping;
        _chunkRows = chunkRows;
        _centred = codebook.Scratch.Rent<double>(checked(chunkRows * codebook.Shift.Length));
        _squares = codebook.Scratch.Rent<double>(5 * chunkRows);
        _labels = codebook.Scratch.Rent<int>(3 * chunkRows);
        _lists = codebook.Scratch.Rent<int>(checked(_grouping.Count * chunkRows));
        _listed = new int[_grouping.Count];
        _bounds = _memory.IsKept ? [] : new float[checked(chunkRows * _grouping.Count)];
    }

    /// <summary>The nearest centroid of each row last assigned, the first of equals.</summary>
    public ReadOnlySpan<int> Labels => Places(0)[.._count];

    /// <summary>For each row last assigned the squared distance from its centroid.</summary>
    public ReadOnlySpan<double> Squares => Numbers(0)[.._count];

    /// <summary>The rows last assigned, less the shift.</summary>
    public ReadOnlySpan<double> Centred => _centred.Span[..(_count * _codebook.Shift.Length)];

    /// <summary>Finds the nearest centroid of each row.</summary>
    public void Assign(in RowChunk chunk)
    {
        _count = chunk.Count;
        Span<int> labels = Places(0)[.._count];
        Span<float> bounds = _memory.IsKept ? _memory.Bounds(chunk.FirstRow, _count) : _bounds.AsSpan(0, _count * _grouping.Count);
        if (_memory.IsFilled)
        {
            _memory.Labels(chunk.FirstRow, _count).CopyTo(labels);
        }
        else
        {
            labels.Clear();
            bounds.Clear();
        }

        PointDistances.FromOwn(_codebook.Shift.Length, chunk.Rows, _codebook.Shift, _codebook.Centroids, labels, _centred.Span, Numbers(0));
        ListRows(bounds);
        Places(1)[.._count].Fill(-1);
        for (int g = 0; g < _listed.Length; g++)
        {
            Look(g, bounds);
        }

        if (_memory.IsKept)
        {
            Settle(_memory.Labels(chunk.FirstRow, _count), bounds);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _codebook.Scratch.Return(_centred);
        _codebook.Scratch.Return(_squares);
        _codebook.Scratch.Return(_labels);
        _codebook.Scratch.Return(_lists);
    }

    /// <summary>Numbers of each row: 0 its square, 1 that from its last centroid, 2 the rival's, 3 and 4 a group's nearest two.</summary>
    private Span<double> Numbers(int which) => _squares.Span.Slice(which * _chunkRows, _chunkRows);

    /// <summary>Of each row: 0 its centroid, 1 the group in which it was found, 2 the place of a group's nearest.</summary>
    private Span<int> Places(int which) => _labels.Span.Slice(which * _chunkRows, _chunkRows);

    /// <summary>Lists for each group the rows that may be nearer to one of it than to their last centroid.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ListRows(ReadOnlySpan<float> bounds)
    {
        int groups = _listed.Length;
        Span<int> lists = _lists.Span;
        Span<int> listed = _listed;
        ReadOnlySpan<float> drift = _memory.Drift;
        ReadOnlySpan<double> squares = Numbers(0);
        squares[.._count].CopyTo(Numbers(1));
        listed.Clear();
        for (int r = 0; r < _count; r++, bounds = bounds[groups..])
        {
            float own = _memory.Above(squares[r]);
            int g = 0;
            for (; g <= groups - Vector256<float>.Count; g += Vector256<float>.Count)
            {
                Vector256<float> reach = Vector256.Create(own) + Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(drift), (nuint)g);
                uint near = ~Vector256.GreaterThanOrEqual(
                    Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(bounds), (nuint)g), reach).ExtractMostSignificantBits() & 0xFF;
                for (; near != 0; near &= near - 1)
                {
                    int group = g + BitOperations.TrailingZeroCount(near);
                    lists[(group * _chunkRows) + listed[group]++] = r;
                }
            }

            for (; g < groups; g++)
            {
                if (!(bounds[g] >= own + drift[g]))
                {
                    lists[(g * _chunkRows) + listed[g]++] = r;
                }
            }
        }
    }

    /// <summary>Lets the rows listed for a group look at its centroids.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Look(int group, Span<float> bounds)
    {
        ReadOnlySpan<int> rows = _lists.Span.Slice(group * _chunkRows, _listed[group]);
        if (rows.IsEmpty)
        {
            return;
        }

        Span<int> labels = Places(0);
        Span<int> winners = Places(1);
        Span<int> places = Places(2);
        Span<double> squares = Numbers(0);
        Span<double> rivals = Numbers(2);
        Span<double> nearest = Numbers(3);
        Span<double> second = Numbers(4);
        PointDistances.TwoNearest(_codebook.Points, group, Centred, rows, nearest, places, second);
        ReadOnlySpan<int> centroids = _grouping.Places.AsSpan(group * _grouping.GroupSize, _grouping.GroupSize);
        for (int i = 0; i < rows.Length; i++)
        {
            int r = rows[i];
            int centroid = centroids[places[i]];
            bounds[(r * _listed.Length) + group] = _memory.Bound(nearest[i], group);
            if (centroid == labels[r] || nearest[i] < squares[r] || (nearest[i] == squares[r] && centroid < labels[r]))
            {
                labels[r] = centroid;
                squares[r] = nearest[i];
                winners[r] = group;
                rivals[r] = second[i];
            }
        }
    }

    /// <summary>Remembers the rows' centroids. A group's bound is for all of it but the row's own: it changes where that one does.</summary>
    private void Settle(Span<int> remembered, Span<float> bounds)
    {
        ReadOnlySpan<int> labels = Places(0);
        ReadOnlySpan<int> winners = Places(1);
        ReadOnlySpan<double> left = Numbers(1);
        ReadOnlySpan<double> rivals = Numbers(2);
        int groups = _listed.Length;
        for (int r = 0; r < remembered.Length; r++)
        {
            int winner = winners[r];
            if (winner < 0)
            {
                continue;
            }

            bounds[(r * groups) + winner] = _memory.Bound(rivals[r], winner);
            if (_memory.IsFilled && labels[r] != remembered[r])
            {
                // The one it leaves may be of a group that was not looked at.
                int group = _grouping.GroupOf(remembered[r]);
                ref float bound = ref bounds[(r * groups) + group];
                bound = Math.Min(bound, _memory.Bound(left[r], group));
            }

            remembered[r] = labels[r];
        }
    }
}

using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using GmmNative.Interop.Kernels;
using GmmNative.Interop.Seam;
using GmmNative.Passes;

namespace GmmNative.Initialization.Clustering;

/// <summary>Finds the nearest centroids of the rows of a chunk, with the scratch memory of one thread.</summary>
/// <remarks>
/// The distance bounds determine which rows may have become nearer to another centroid than to their own, and which groups of centroids
/// each row must be compared with. The rows are listed per group, so that the centroids of the group stay in the first-level cache.
/// </remarks>
internal sealed class ChunkAssignment : IDisposable
{
    private readonly Codebook _codebook;
    private readonly DistanceBounds _memory;
    private readonly CentroidGrouping _grouping;
    private readonly int _chunkRows;
    private readonly AlignedBuffer<double> _centered;
    private readonly AlignedBuffer<double> _squares;
    private readonly AlignedBuffer<double> _found;
    private readonly AlignedBuffer<int> _places;
    private readonly AlignedBuffer<int> _lists;
    private readonly int[] _listed;
    private readonly int[] _labels;
    private readonly int[] _before;
    private readonly int[] _which;
    private readonly float[] _bounds;
    private AlignedBuffer<double>? _gathered;
    private int _count;

    public ChunkAssignment(Codebook codebook, int chunkRows)
    {
        _codebook = codebook;
        _memory = codebook.Memory;
        _grouping = _memory.Grouping;
        _chunkRows = chunkRows;
        _centered = codebook.Scratch.Rent<double>(checked(chunkRows * codebook.Stride));
        _squares = codebook.Scratch.Rent<double>(chunkRows);
        _found = codebook.Scratch.Rent<double>(2 * chunkRows);
        _places = codebook.Scratch.Rent<int>(chunkRows);
        _lists = codebook.Scratch.Rent<int>(checked(_grouping.Count * chunkRows));
        _listed = new int[_grouping.Count];
        _labels = new int[chunkRows];
        _before = new int[chunkRows];
        _which = new int[chunkRows];
        _bounds = _memory.IsKept ? [] : new float[checked(chunkRows * _grouping.Count)];
    }

    /// <summary>The rows of the chunk that were assigned last, ascending.</summary>
    public ReadOnlySpan<int> Which => _which.AsSpan(0, _count);

    /// <summary>The nearest centroid of each assigned row; the first one in a tie.</summary>
    public ReadOnlySpan<int> Labels => _labels.AsSpan(0, _count);

    /// <summary>The nearest centroid of each assigned row in the previous pass; centroid 0 in the first pass.</summary>
    public ReadOnlySpan<int> LabelsBefore => _before.AsSpan(0, _count);

    /// <summary>The squared distance of each assigned row from its centroid.</summary>
    public ReadOnlySpan<double> Squares => _squares.Span[.._count];

    /// <summary>The assigned rows, shifted and scaled, with <see cref="Codebook.Stride"/> elements each.</summary>
    public ReadOnlySpan<double> Centered => _centered.Span[..(_count * _codebook.Stride)];

    /// <summary>Finds the nearest centroid of each row.</summary>
    public void Assign(in RowChunk chunk)
    {
        _count = chunk.Count;
        for (int r = 0; r < _count; r++)
        {
            _which[r] = r;
        }

        Assign(chunk, chunk.Rows);
    }

    /// <summary>
    /// Finds the nearest centroids of the rows whose nearest centroid may have changed since the previous pass. Other rows are not read.
    /// The distance bounds must be filled.
    /// </summary>
    public void AssignDoubtful(in RowChunk chunk)
    {
        _count = ListDoubtful(chunk);
        if (_count == 0)
        {
            return;
        }

        int dimension = _codebook.Dimension;
        _gathered ??= _codebook.Scratch.Rent<double>(checked(_chunkRows * dimension));
        Span<double> gathered = _gathered.Span;
        for (int i = 0; i < _count; i++)
        {
            chunk.Rows.Slice(_which[i] * dimension, dimension).CopyTo(gathered[(i * dimension)..]);
        }

        Assign(chunk, gathered[..(_count * dimension)]);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _codebook.Scratch.Return(_centered);
        _codebook.Scratch.Return(_squares);
        _codebook.Scratch.Return(_found);
        _codebook.Scratch.Return(_places);
        _codebook.Scratch.Return(_lists);
        if (_gathered is not null)
        {
            _codebook.Scratch.Return(_gathered);
        }
    }

    /// <summary>Assigns the rows listed in <see cref="Which"/>.</summary>
    /// <param name="chunk">The chunk that contains the rows.</param>
    /// <param name="rows">The listed rows, contiguous.</param>
    private void Assign(in RowChunk chunk, ReadOnlySpan<double> rows)
    {
        Span<int> labels = _labels.AsSpan(0, _count);
        Span<int> remembered = _memory.IsKept ? _memory.Labels(chunk.FirstRow, chunk.Count) : [];
        Span<float> bounds = _memory.IsKept ? _memory.Bounds(chunk.FirstRow, chunk.Count) : _bounds.AsSpan(0, _count * _grouping.Count);
        if (_memory.IsFilled)
        {
            for (int i = 0; i < _count; i++)
            {
                labels[i] = remembered[_which[i]];
            }
        }
        else
        {
            labels.Clear();
            bounds.Clear();
        }

        labels.CopyTo(_before);
        PointDistances.FromOwn(
            _codebook.Dimension, rows, _codebook.ExpansionPoint, _codebook.Scale, _codebook.Centroids, labels, _centered.Span,
            _squares.Span);
        ListRows(bounds);
        for (int g = 0; g < _listed.Length; g++)
        {
            if (_listed[g] > 0)
            {
                CompareWithGroup(g, bounds);
            }
        }

        if (!_memory.IsKept)
        {
            return;
        }

        Span<float> reaches = _memory.Reaches(chunk.FirstRow, chunk.Count);
        ReadOnlySpan<double> squares = _squares.Span;
        for (int i = 0; i < _count; i++)
        {
            remembered[_which[i]] = labels[i];
            reaches[_which[i]] = _memory.Reach(squares[i], labels[i]);
        }
    }

    /// <summary>Lists the rows whose nearest centroid may have changed, by their bounds alone.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int ListDoubtful(in RowChunk chunk)
    {
        int groups = _listed.Length;
        ReadOnlySpan<int> labels = _memory.Labels(chunk.FirstRow, chunk.Count);
        ReadOnlySpan<float> reaches = _memory.Reaches(chunk.FirstRow, chunk.Count);
        ReadOnlySpan<float> bounds = _memory.Bounds(chunk.FirstRow, chunk.Count);
        ReadOnlySpan<float> drift = _memory.Drift;
        ReadOnlySpan<float> ownDrift = _memory.OwnDrift;
        int count = 0;
        for (int r = 0; r < labels.Length; r++, bounds = bounds[groups..])
        {
            float own = reaches[r] + ownDrift[labels[r]];
            Vector256<float> ownReach = Vector256.Create(own);
            bool isDoubtful = false;
            int g = 0;
            for (; g <= groups - Vector256<float>.Count; g += Vector256<float>.Count)
            {
                Vector256<float> reach = ownReach + Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(drift), (nuint)g);
                isDoubtful |= !Vector256.GreaterThanOrEqualAll(
                    Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(bounds), (nuint)g), reach);
            }

            for (; g < groups; g++)
            {
                isDoubtful |= !(bounds[g] >= own + drift[g]);
            }

            _which[count] = r;
            count += isDoubtful ? 1 : 0;
        }

        return count;
    }

    /// <summary>Lists, for each group, the rows that may be nearer to one of its centroids than to their previous centroid.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ListRows(ReadOnlySpan<float> all)
    {
        int groups = _listed.Length;
        Span<int> lists = _lists.Span;
        Span<int> listed = _listed;
        ReadOnlySpan<float> drift = _memory.Drift;
        ReadOnlySpan<double> squares = _squares.Span;
        listed.Clear();
        for (int r = 0; r < _count; r++)
        {
            ReadOnlySpan<float> bounds = all.Slice(_which[r] * groups, groups);
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

    /// <summary>Compares the rows listed for a group with its centroids.</summary>
    /// <remarks>The bound of a group excludes the row's own centroid, so it changes when the row switches centroids.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void CompareWithGroup(int group, Span<float> bounds)
    {
        int groups = _listed.Length;
        ReadOnlySpan<int> rows = _lists.Span.Slice(group * _chunkRows, _listed[group]);
        Span<int> labels = _labels;
        Span<double> squares = _squares.Span;
        Span<int> places = _places.Span;
        Span<double> nearest = _found.Span[.._chunkRows];
        Span<double> second = _found.Span[_chunkRows..];
        PointDistances.TwoNearest(_codebook.Points, group, Centered, rows, nearest, places, second);
        ReadOnlySpan<int> centroids = _grouping.Places.AsSpan(group * _grouping.GroupSize, _grouping.GroupSize);
        for (int i = 0; i < rows.Length; i++)
        {
            int r = rows[i];
            int centroid = centroids[places[i]];
            double others = nearest[i];
            if (centroid == labels[r])
            {
                others = second[i];
            }
            else if (nearest[i] < squares[r] || (nearest[i] == squares[r] && centroid < labels[r]))
            {
                int left = _grouping.GroupOf(labels[r]);
                ref float bound = ref bounds[(_which[r] * groups) + left];
                bound = Math.Min(bound, _memory.Bound(squares[r], left));
                labels[r] = centroid;
                squares[r] = nearest[i];
                others = second[i];
            }

            bounds[(_which[r] * groups) + group] = _memory.Bound(others, group);
        }
    }
}

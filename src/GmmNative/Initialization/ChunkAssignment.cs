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
    private readonly AlignedBuffer<double> _found;
    private readonly AlignedBuffer<int> _places;
    private readonly AlignedBuffer<int> _lists;
    private readonly int[] _listed;
    private readonly int[] _labels;
    private readonly float[] _bounds;
    private int _count;

    public ChunkAssignment(Codebook codebook, int chunkRows)
    {
        _codebook = codebook;
        _memory = codebook.Memory;
        _grouping = _memory.Grouping;
        _chunkRows = chunkRows;
        _centred = codebook.Scratch.Rent<double>(checked(chunkRows * codebook.Stride));
        _squares = codebook.Scratch.Rent<double>(chunkRows);
        _found = codebook.Scratch.Rent<double>(2 * chunkRows);
        _places = codebook.Scratch.Rent<int>(chunkRows);
        _lists = codebook.Scratch.Rent<int>(checked(_grouping.Count * chunkRows));
        _listed = new int[_grouping.Count];
        _labels = new int[chunkRows];
        _bounds = _memory.IsKept ? [] : new float[checked(chunkRows * _grouping.Count)];
    }

    /// <summary>The nearest centroid of each row last assigned, the first of equals.</summary>
    public ReadOnlySpan<int> Labels => _labels.AsSpan(0, _count);

    /// <summary>For each row last assigned the squared distance from its centroid.</summary>
    public ReadOnlySpan<double> Squares => _squares.Span[.._count];

    /// <summary>The rows last assigned, less the shift, <see cref="Codebook.Stride"/> numbers each.</summary>
    public ReadOnlySpan<double> Centred => _centred.Span[..(_count * _codebook.Stride)];

    /// <summary>Finds the nearest centroid of each row.</summary>
    public void Assign(in RowChunk chunk)
    {
        _count = chunk.Count;
        Span<int> labels = _labels.AsSpan(0, _count);
        Span<int> remembered = _memory.IsKept ? _memory.Labels(chunk.FirstRow, _count) : [];
        Span<float> bounds = _memory.IsKept ? _memory.Bounds(chunk.FirstRow, _count) : _bounds.AsSpan(0, _count * _grouping.Count);
        if (_memory.IsFilled)
        {
            remembered.CopyTo(labels);
        }
        else
        {
            labels.Clear();
            bounds.Clear();
        }

        PointDistances.FromOwn(
            _codebook.Dimension, chunk.Rows, _codebook.Shift, _codebook.Centroids, labels, _centred.Span, _squares.Span);
        ListRows(bounds);
        for (int g = 0; g < _listed.Length; g++)
        {
            if (_listed[g] > 0)
            {
                Look(g, bounds);
            }
        }

        if (_memory.IsKept)
        {
            labels.CopyTo(remembered);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _codebook.Scratch.Return(_centred);
        _codebook.Scratch.Return(_squares);
        _codebook.Scratch.Return(_found);
        _codebook.Scratch.Return(_places);
        _codebook.Scratch.Return(_lists);
    }

    /// <summary>Lists for each group the rows that may be nearer to one of it than to their last centroid.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ListRows(ReadOnlySpan<float> bounds)
    {
        int groups = _listed.Length;
        Span<int> lists = _lists.Span;
        Span<int> listed = _listed;
        ReadOnlySpan<float> drift = _memory.Drift;
        ReadOnlySpan<double> squares = _squares.Span;
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
    /// <remarks>A group's bound is for all its centroids but the row's own, and so changes where that one does.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Look(int group, Span<float> bounds)
    {
        int groups = _listed.Length;
        ReadOnlySpan<int> rows = _lists.Span.Slice(group * _chunkRows, _listed[group]);
        Span<int> labels = _labels;
        Span<double> squares = _squares.Span;
        Span<int> places = _places.Span;
        Span<double> nearest = _found.Span[.._chunkRows];
        Span<double> second = _found.Span[_chunkRows..];
        PointDistances.TwoNearest(_codebook.Points, group, Centred, rows, nearest, places, second);
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
                ref float bound = ref bounds[(r * groups) + left];
                bound = Math.Min(bound, _memory.Bound(squares[r], left));
                labels[r] = centroid;
                squares[r] = nearest[i];
                others = second[i];
            }

            bounds[(r * groups) + group] = _memory.Bound(others, group);
        }
    }
}

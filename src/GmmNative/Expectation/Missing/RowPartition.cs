using GmmNative.Passes;
using GmmNative.Passes.Missing;

namespace GmmNative.Expectation.Missing;

/// <summary>
/// The division of the rows of a chunk into complete rows and rows with missing values, sorted by their pattern. Scratch memory of one
/// thread.
/// </summary>
/// <param name="dimension">D.</param>
internal sealed class RowPartition(int dimension)
{
    private readonly int _words = MissingPattern.Words(dimension);
    private ulong[] _bits = [];
    private int[] _rows = [];
    private int _complete;
    private int _incomplete;

    /// <summary>The complete rows of the chunk, ascending.</summary>
    public ReadOnlySpan<int> Complete => _rows.AsSpan(0, _complete);

    /// <summary>The rows with missing values: rows of the same pattern follow each other, in ascending order.</summary>
    public ReadOnlySpan<int> Incomplete => _rows.AsSpan(_rows.Length - _incomplete, _incomplete);

    /// <summary>Divides the rows of a chunk.</summary>
    public void Divide(in RowChunk chunk)
    {
        int count = chunk.Count;
        if (_rows.Length < count)
        {
            _rows = new int[count];
            _bits = new ulong[checked(count * _words)];
        }

        (_complete, _incomplete) = (0, 0);
        for (int r = 0; r < count; r++)
        {
            ReadOnlySpan<double> row = chunk.Rows.Slice(r * dimension, dimension);
            if (!MissingPattern.HasMissing(row))
            {
                _rows[_complete++] = r;
                continue;
            }

            MissingPattern.Read(row, _bits.AsSpan(r * _words, _words));
            _rows[^++_incomplete] = r;
        }

        _rows.AsSpan(_rows.Length - _incomplete, _incomplete).Sort(Compare);
    }

    /// <summary>Returns the pattern of a row with missing values, in the form of <see cref="MissingPattern.Read"/>.</summary>
    public ReadOnlySpan<ulong> Pattern(int row) => _bits.AsSpan(row * _words, _words);

    /// <summary>Returns the number of rows of <see cref="Incomplete"/> from a place on that have the same pattern.</summary>
    /// <param name="first">The place of the first row in <see cref="Incomplete"/>.</param>
    public int RunLength(int first)
    {
        ReadOnlySpan<int> rows = Incomplete;
        ReadOnlySpan<ulong> pattern = Pattern(rows[first]);
        int next = first + 1;
        while (next < rows.Length && Pattern(rows[next]).SequenceEqual(pattern))
        {
            next++;
        }

        return next - first;
    }

    private int Compare(int a, int b)
    {
        for (int w = 0; w < _words; w++)
        {
            int order = _bits[(a * _words) + w].CompareTo(_bits[(b * _words) + w]);
            if (order != 0)
            {
                return order;
            }
        }

        return a.CompareTo(b);
    }
}

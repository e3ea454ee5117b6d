namespace GmmNative.Data.Sources;

/// <summary>Which columns of a source are taken, in which order, and how their values are copied.</summary>
internal sealed class ColumnSelection
{
    // Whole rows are read into a buffer first: as many as fit into a second-level cache.
    private const int ElementsAtOnce = 1 << 15;

    private readonly int[] _columns;
    private readonly int _width;

    /// <summary>Makes a selection.</summary>
    /// <param name="source">The source.</param>
    /// <param name="columns">Its columns, from 0.</param>
    /// <exception cref="ArgumentException">There are no columns, one is not the source's, or one is given twice.</exception>
    public ColumnSelection(IVectorSource source, int[] columns)
    {
        _width = source.Dimension;
        _columns = columns;
        if (columns.Length == 0)
        {
            throw new ArgumentException("No columns are selected.", nameof(columns));
        }

        HashSet<int> seen = [];
        foreach (int column in columns)
        {
            if (column < 0 || column >= _width)
            {
                throw new ArgumentException(
                    $"Column {column} is not one of the {_width} columns, which are counted from 0.", nameof(columns));
            }

            if (!seen.Add(column))
            {
                throw new ArgumentException($"Column {column} is selected twice.", nameof(columns));
            }
        }

        Names = source.ColumnNames is { } names ? [.. columns.Select(column => names[column])] : null;
    }

    /// <summary>The number of columns taken.</summary>
    public int Count => _columns.Length;

    /// <summary>The number of columns of the source.</summary>
    public int SourceWidth => _width;

    /// <summary>The names of the columns taken.</summary>
    public IReadOnlyList<string>? Names { get; }

    /// <summary>Whether these are all columns of the source in their order.</summary>
    public bool IsWhole => _columns.Length == _width && !_columns.Where((column, place) => column != place).Any();

    /// <summary>How many whole rows to read at a time, at least 1.</summary>
    public int MostRowsAtOnce => Math.Max(1, ElementsAtOnce / _width);

    /// <summary>The source's column at a place of the selection.</summary>
    public int this[int place] => _columns[place];

    /// <summary>Copies the columns taken of whole rows.</summary>
    /// <param name="from">Rows of the source.</param>
    /// <param name="to">Receives as many rows of the selection.</param>
    public void Copy(ReadOnlySpan<double> from, Span<double> to)
    {
        ReadOnlySpan<int> columns = _columns;
        while (from.Length > 0)
        {
            for (int i = 0; i < columns.Length; i++)
            {
                to[i] = from[columns[i]];
            }

            from = from[_width..];
            to = to[columns.Length..];
        }
    }
}

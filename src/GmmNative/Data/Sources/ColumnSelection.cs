namespace GmmNative.Data.Sources;

/// <summary>A selection of columns of a source, in a given order.</summary>
internal sealed class ColumnSelection
{
    // Whole rows are first read into a buffer that fits in a second-level cache.
    private const int ElementsAtOnce = 1 << 15;

    private readonly int[] _columns;
    private readonly int _width;

    /// <summary>Creates a selection.</summary>
    /// <param name="source">The source.</param>
    /// <param name="columns">The selected columns, from 0.</param>
    /// <exception cref="ArgumentException">There are no columns, or a column is out of range or selected twice.</exception>
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

    /// <summary>The number of selected columns.</summary>
    public int Count => _columns.Length;

    /// <summary>The number of columns of the source.</summary>
    public int SourceWidth => _width;

    /// <summary>The names of the selected columns, or <see langword="null"/>.</summary>
    public IReadOnlyList<string>? Names { get; }

    /// <summary>Whether the selection contains all columns of the source in their original order.</summary>
    public bool IsWhole => _columns.Length == _width && !_columns.Where((column, place) => column != place).Any();

    /// <summary>The maximum number of whole rows to read at a time, at least 1.</summary>
    public int MaximumRowsAtOnce => Math.Max(1, ElementsAtOnce / _width);

    /// <summary>The column of the source at a position of the selection.</summary>
    public int this[int place] => _columns[place];

    /// <summary>Copies the selected columns of whole rows.</summary>
    /// <param name="from">Rows of the source.</param>
    /// <param name="to">Receives the same number of rows with the selected columns.</param>
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

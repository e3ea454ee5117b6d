using System.Data;
using GmmNative.Data.Sources;

namespace GmmNative.Data.Tables;

/// <summary>Collects the rows of a table in memory.</summary>
internal sealed class TableRows
{
    private readonly TableColumn[] _columns;
    private readonly TableColumn? _weight;
    private readonly bool _isNullAllowed;
    private readonly RowBuffer<double> _rows = new();
    private readonly List<double> _weights = [];
    private readonly double[] _row;

    /// <summary>Resolves the columns.</summary>
    /// <param name="table">The table; it need not be at a row.</param>
    /// <param name="columns">The names of the columns, or <see langword="null"/> for all but the weights.</param>
    /// <param name="weightColumn">The name of the column with the row weights, or <see langword="null"/>.</param>
    /// <param name="isNullAllowed">Whether a null is NaN instead of an error.</param>
    /// <exception cref="ArgumentException">There are no columns, or a column is named twice.</exception>
    /// <exception cref="VectorDataException">A column does not exist, is ambiguous, or contains no numbers.</exception>
    public TableRows(IDataRecord table, IReadOnlyList<string>? columns, string? weightColumn, bool isNullAllowed)
    {
        _isNullAllowed = isNullAllowed;
        _weight = weightColumn is null ? null : TableColumn.Find(table, weightColumn);
        _columns = columns is null
            ? [.. Enumerable.Range(0, table.FieldCount).Where(i => i != _weight?.Ordinal).Select(i => TableColumn.At(table, i))]
            : [.. columns.Select(name => TableColumn.Find(table, name))];
        if (_columns.Length == 0)
        {
            throw new ArgumentException("There are no columns to read.", nameof(columns));
        }

        if (_columns.Append(_weight).GroupBy(column => column?.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"The column '{twice.First()!.Name}' is named twice.", nameof(columns));
        }

        _row = new double[_columns.Length];
    }

    /// <summary>Adds the current row.</summary>
    /// <exception cref="VectorDataException">A value is null or not a number.</exception>
    public void Add(IDataRecord table)
    {
        for (int i = 0; i < _columns.Length; i++)
        {
            _row[i] = _columns[i].Read(table, _rows.Count, _isNullAllowed);
        }

        if (_weight is not null)
        {
            _weights.Add(_weight.Read(table, _rows.Count, isNullAllowed: false));
        }

        _rows.Add(_row.AsSpan());
    }

    /// <summary>Returns the rows as a source.</summary>
    /// <exception cref="VectorDataException">There are no rows, or a weight is not valid.</exception>
    public IVectorSource ToSource() =>
        new NamedVectorSource(_rows.ToSource(), [.. _columns.Select(column => column.Name)]).WithRowWeights(_weights.ToArray());
}

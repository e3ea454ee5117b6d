using Apache.Arrow;
using Apache.Arrow.Ipc;

namespace GmmNative.Formats.Arrow.Reading;

/// <summary>The rows of an Arrow file. Each pass decodes the record batches in order; only one is in memory at a time.</summary>
internal sealed class ArrowVectorSource : IVectorSource
{
    private readonly FileStream _stream;
    private readonly string _name;
    private readonly ArrowColumn[] _columns;

    private ArrowVectorSource(FileStream stream, string name, ArrowColumn[] columns, long rowCount)
    {
        _stream = stream;
        _name = name;
        _columns = columns;
        RowCount = rowCount;
        ColumnNames = [.. columns.Select(column => column.Name)];
    }

    /// <inheritdoc/>
    public int Dimension => _columns.Length;

    /// <inheritdoc/>
    public long? RowCount { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> ColumnNames { get; }

    /// <summary>Reads the schema of a file and counts its rows.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, or a selected column does not contain numbers.</exception>
    public static ArrowVectorSource Open(VectorFormatInput input)
    {
        if (input.Member is not null)
        {
            throw new InvalidDataException("it has no members; give the path without the colon and what follows.");
        }

        long rows = ArrowFailure.Guard(() => ArrowMessages.CountRows(input.Stream));
        Schema schema = ArrowFailure.Guard(() =>
        {
            using ArrowStreamReader reader = ArrowPass.OpenReader(input.Stream);
            return reader.Schema;
        });
        List<ArrowColumn> all = ArrowColumn.ListAll(schema);
        string[] names = [.. all.Select(column => column.Name)];
        ArrowColumn[] columns =
            [.. (input.ResolveColumns(names, all.Count) ?? [.. Enumerable.Range(0, all.Count)]).Select(i => all[i])];
        foreach (int index in columns.Select(column => column.Index).Distinct())
        {
            ArrowColumn.Check(schema.FieldsList[index]);
        }

        return rows > 0 && columns.Length > 0 ? new ArrowVectorSource(input.Stream, input.Name, columns, rows)
            : throw new InvalidDataException(columns.Length == 0 ? "it has no columns." : "it has no rows.");
    }

    /// <inheritdoc/>
    public IVectorReader OpenReader() => new ArrowPass(_stream.Name, _name, _columns);

    /// <inheritdoc/>
    public string DescribeRow(long row) => $"{_name}, row {row + 1}";

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();
}

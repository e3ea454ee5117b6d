using Parquet;
using Parquet.Schema;

namespace GmmNative.Formats.Parquet.Reading;

/// <summary>The rows of a Parquet file. Each pass decodes the row groups in order; only one is in memory at a time.</summary>
internal sealed class ParquetVectorSource : IVectorSource
{
    private readonly FileStream _stream;
    private readonly string _name;
    private readonly DataField[] _fields;

    private ParquetVectorSource(FileStream stream, string name, DataField[] fields, long rowCount)
    {
        _stream = stream;
        _name = name;
        _fields = fields;
        RowCount = rowCount;
        ColumnNames = [.. fields.Select(field => field.Name)];
    }

    /// <inheritdoc/>
    public int Dimension => _fields.Length;

    /// <inheritdoc/>
    public long? RowCount { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> ColumnNames { get; }

    /// <summary>Reads the schema of a file.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, or a selected column does not contain numbers.</exception>
    public static ParquetVectorSource Open(VectorFormatInput input)
    {
        if (input.Member is not null)
        {
            throw new InvalidDataException("it has no members; give the path without the colon and what follows.");
        }

        return ParquetFailure.Guard(() =>
        {
            // The reader owns nothing: the stream stays open.
            ParquetReader reader = ParquetReading.Wait(ParquetReader.CreateAsync(input.Stream, null, leaveStreamOpen: true));
            DataField[] all = reader.Schema.GetDataFields();
            string[] names = [.. all.Select(field => field.Name)];
            DataField[] fields = [.. (input.ResolveColumns(names, all.Length) ?? [.. Enumerable.Range(0, all.Length)]).Select(i => all[i])];
            foreach (DataField field in fields)
            {
                ColumnDecoder.Check(field);
            }

            long rows = 0;
            for (int group = 0; group < reader.RowGroupCount; group++)
            {
                using ParquetRowGroupReader groupReader = reader.OpenRowGroupReader(group);
                rows = checked(rows + groupReader.RowCount);
            }

            return rows > 0 && fields.Length > 0 ? new ParquetVectorSource(input.Stream, input.Name, fields, rows)
                : throw new InvalidDataException(fields.Length == 0 ? "it has no columns." : "it has no rows.");
        });
    }

    /// <inheritdoc/>
    public IVectorReader OpenReader() => new ParquetPass(_stream.Name, _name, _fields);

    /// <inheritdoc/>
    public string DescribeRow(long row) => $"{_name}, row {row + 1}";

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();
}

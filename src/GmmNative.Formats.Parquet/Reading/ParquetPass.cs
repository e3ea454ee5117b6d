using Parquet;
using Parquet.Schema;

namespace GmmNative.Formats.Parquet.Reading;

/// <summary>One pass over the row groups of a file.</summary>
internal sealed class ParquetPass : IVectorReader
{
    private readonly string _name;
    private readonly DataField[] _fields;
    private readonly FileStream _stream;
    private readonly ParquetReader _reader;
    private double[] _rows = [];
    private int _next;
    private int _left;
    private int _group;

    /// <summary>Opens the file again, so that several passes can run at the same time.</summary>
    public ParquetPass(string path, string name, DataField[] fields)
    {
        _name = name;
        _fields = fields;
        _stream = File.OpenRead(path);
        try
        {
            _reader = ParquetFailure.Guard(() => ParquetReading.Wait(ParquetReader.CreateAsync(_stream, null, leaveStreamOpen: true)));
        }
        catch
        {
            _stream.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public int Read(Span<double> rows)
    {
        while (_left == 0)
        {
            if (_group == _reader.RowGroupCount)
            {
                return 0;
            }

            try
            {
                _left = ParquetFailure.Guard(() => ReadGroup(_group++));
                _next = 0;
            }
            catch (InvalidDataException e)
            {
                throw new VectorDataException($"{_name}: row group {_group}: {e.Message}", e);
            }
        }

        int count = Math.Min(_left, rows.Length / _fields.Length);
        _rows.AsSpan(_next, count * _fields.Length).CopyTo(rows);
        _next += count * _fields.Length;
        _left -= count;
        return count;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ParquetReading.Wait(_reader.DisposeAsync());
        _stream.Dispose();
    }

    private int ReadGroup(int group)
    {
        using ParquetRowGroupReader reader = _reader.OpenRowGroupReader(group);

        // A damaged file may claim any number of rows. A row takes at least a few bits, even where all values of a column are equal.
        const int rowsPerByte = 1 << 14;
        if (reader.RowCount < 0 || reader.RowCount > _stream.Length * rowsPerByte || reader.RowCount > Array.MaxLength / _fields.Length)
        {
            throw new InvalidDataException($"it claims {reader.RowCount} rows.");
        }

        int length = (int)reader.RowCount * _fields.Length;
        _rows = _rows.Length >= length ? _rows : new double[length];
        for (int column = 0; column < _fields.Length; column++)
        {
            ColumnDecoder.Decode(reader, _fields[column], column, _rows, _fields.Length);
        }

        return (int)reader.RowCount;
    }
}

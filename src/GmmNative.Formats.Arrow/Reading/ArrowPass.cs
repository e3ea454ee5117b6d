using Apache.Arrow;
using Apache.Arrow.Compression;
using Apache.Arrow.Ipc;

namespace GmmNative.Formats.Arrow.Reading;

/// <summary>One pass over the record batches of a file.</summary>
internal sealed class ArrowPass : IVectorReader
{
    private readonly string _name;
    private readonly IReadOnlyList<ArrowColumn> _columns;
    private readonly FileStream _stream;
    private readonly ArrowStreamReader _reader;
    private RecordBatch? _batch;
    private int _next;
    private int _number;

    /// <summary>Opens the file again, so that several passes can run at the same time.</summary>
    public ArrowPass(string path, string name, IReadOnlyList<ArrowColumn> columns)
    {
        _name = name;
        _columns = columns;
        _stream = File.OpenRead(path);
        try
        {
            _reader = OpenReader(_stream);
        }
        catch
        {
            _stream.Dispose();
            throw;
        }
    }

    /// <summary>Creates a reader of the messages of a file. The reader does not own the stream.</summary>
    public static ArrowStreamReader OpenReader(FileStream stream)
    {
        // Some writers store the schema of a file only in its footer.
        LimitedMemory memory = new(stream.Length);
        CompressionCodecFactory codecs = new();
        return ArrowMessages.SeekToFirst(stream)
            ? new ArrowFileReader(stream, memory, codecs, leaveOpen: true)
            : new ArrowStreamReader(stream, memory, codecs, leaveOpen: true);
    }

    /// <inheritdoc/>
    public int Read(Span<double> rows)
    {
        int dimension = _columns.Count;
        try
        {
            while (_batch is null || _next == _batch.Length)
            {
                if (!MoveToNextBatch())
                {
                    return 0;
                }
            }

            int count = Math.Min(_batch.Length - _next, rows.Length / dimension);
            for (int column = 0; column < dimension; column++)
            {
                (_, int index, int element) = _columns[column];
                ColumnDecoder.Decode(_batch.Column(index), element, _next, rows[column..], dimension, count);
            }

            _next += count;
            return count;
        }
        catch (InvalidDataException e)
        {
            throw new VectorDataException($"{_name}: record batch {_number}: {e.Message}", e);
        }
        catch (Exception e) when (e is ArgumentException or IndexOutOfRangeException or OverflowException or InvalidCastException)
        {
            throw new VectorDataException($"{_name}: record batch {_number}: it is damaged: its columns are shorter than its rows.", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _batch?.Dispose();
        _reader.Dispose();
        _stream.Dispose();
    }

    private bool MoveToNextBatch()
    {
        _number++;
        _batch?.Dispose();
        _batch = null;
        _batch = ArrowFailure.Guard(_reader.ReadNextRecordBatch);
        _next = 0;
        return _batch is not null;
    }
}

using GmmNative.Interop.Posix;

namespace GmmNative.Files.Output;

/// <summary>
/// An array that is written while its rows are made, in constant memory: whole or not at all, as <see cref="AtomicFile"/> writes. Rows that
/// have gone into a pipe stay there.
/// </summary>
/// <remarks>When the reader of a pipe goes away the rest is dropped without an error. One thread at a time.</remarks>
internal sealed class ArrayOutput : IDisposable
{
    private readonly string _path;
    private readonly long _expected;
    private OpenOutput? _output;
    private long _rows;

    private ArrayOutput(string path, long expected, OpenOutput? output)
    {
        _path = path;
        _expected = expected;
        _output = output;
    }

    /// <summary>Whether rows have gone to where they cannot be taken back from.</summary>
    public bool IsPartial => _rows > 0 && AtomicFile.IsStream(_path);

    /// <summary>Begins to write an array.</summary>
    /// <param name="path">The file, or <c>-</c> for standard output.</param>
    /// <param name="encoding">How rows become bytes.</param>
    /// <param name="rows">T, which the header says: it must be known before the first row is written.</param>
    /// <exception cref="GmmException">The folder does not exist, or it cannot be written.</exception>
    public static ArrayOutput Open(string path, ArrayEncoding encoding, long rows)
    {
        ArrayOutput array = new(path, rows, AtomicFile.Open(path));
        try
        {
            array.Try((Encoding: encoding, Rows: rows), static (output, array) => array.Encoding.WriteHeader(output.Stream, array.Rows));
            return array;
        }
        catch
        {
            array.Dispose();
            throw;
        }
    }

    /// <summary>Writes the next rows.</summary>
    /// <exception cref="GmmException">Writing fails, or a number is too large for <c>.f32</c>.</exception>
    public void Write(EncodedRows rows)
    {
        rows.ThrowIfTooLarge(_path, _rows);
        _rows += rows.Rows;
        Try(rows, static (output, rows) => output.Stream.Write(rows.Bytes));
    }

    /// <summary>All rows have been written: the file takes its name.</summary>
    /// <exception cref="GmmException">Writing fails.</exception>
    /// <exception cref="InvalidOperationException">There were fewer rows, or more, than the header says.</exception>
    public void Complete()
    {
        if (_rows != _expected)
        {
            throw new InvalidOperationException($"{_rows} rows were written where {_expected} were announced.");
        }

        Try(0, static (output, _) => output.Complete());
    }

    /// <summary>Drops what is not complete.</summary>
    public void Dispose()
    {
        try
        {
            _output?.Dispose();
        }
        catch (Exception e) when (WriteProblem.Is(e))
        {
            // What is left in a buffer cannot be written either: an earlier exception has said so.
        }

        _output = null;
    }

    private void Try<TState>(TState state, Action<OpenOutput, TState> action)
    {
        try
        {
            if (_output is not null)
            {
                action(_output, state);
            }
        }
        catch (Exception e) when (SystemError.IsReaderGone(e))
        {
            // Whoever reads has had enough.
            Dispose();
        }
        catch (Exception e) when (WriteProblem.Is(e))
        {
            throw WriteProblem.Of(_path, e);
        }
    }
}

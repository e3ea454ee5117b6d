using GmmNative.Interop.Posix;

namespace GmmNative.Files.Output;

/// <summary>
/// Writes an array while its rows are computed, in constant memory. The file is written completely or not at all, like
/// <see cref="AtomicFile"/>. Rows that a pipe has received cannot be undone.
/// </summary>
/// <remarks>
/// When the reader of a pipe closes it, further rows are discarded without an error (<see cref="HasReader"/>). For one thread at a time.
/// </remarks>
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

    /// <summary>Whether rows have been written to an output that cannot be undone, such as a pipe.</summary>
    public bool IsPartial => _rows > 0 && AtomicFile.IsStream(_path);

    /// <summary>Whether the rows still have a receiver: a file, or a pipe whose reader has not closed it.</summary>
    public bool HasReader => _output is not null;

    /// <summary>Creates an output and writes the header.</summary>
    /// <param name="path">The file, or <c>-</c> for standard output.</param>
    /// <param name="encoding">The encoding of the rows.</param>
    /// <param name="rows">T, which the header contains, so it must be known before the first row is written.</param>
    /// <exception cref="GmmException">The folder does not exist, or the file cannot be written.</exception>
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

    /// <summary>Completes the file after all rows have been written. Only then does it appear under its name.</summary>
    /// <exception cref="GmmException">Writing fails.</exception>
    /// <exception cref="InvalidOperationException">The number of rows differs from that in the header.</exception>
    public void Complete()
    {
        if (_rows != _expected)
        {
            throw new InvalidOperationException($"{_rows} rows were written, but the header specifies {_expected}.");
        }

        Try(0, static (output, _) => output.Complete());
    }

    /// <summary>Discards an incomplete file.</summary>
    public void Dispose()
    {
        try
        {
            _output?.Dispose();
        }
        catch (Exception e) when (WriteProblem.Is(e))
        {
            // The rest of the buffer cannot be written either, and an earlier exception has already reported this.
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
            // The reader of the pipe has closed it.
            Dispose();
        }
        catch (Exception e) when (WriteProblem.Is(e))
        {
            throw WriteProblem.Of(_path, e);
        }
    }
}

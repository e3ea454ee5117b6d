using System.Buffers;
using System.Numerics;
using GmmNative.Errors;

namespace GmmNative.Files.Output;

/// <summary>The bytes of consecutive rows of an array: made on any thread, written in the order of the rows.</summary>
/// <param name="encoding">How rows become bytes.</param>
internal sealed class EncodedRows(ArrayEncoding encoding)
{
    private readonly ArrayBufferWriter<byte> _bytes = new();
    private string? _tooLarge;
    private long _tooLargeRow;

    /// <summary>The bytes.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.WrittenSpan;

    /// <summary>The number of rows.</summary>
    public long Rows { get; private set; }

    /// <summary>Adds whole rows.</summary>
    /// <param name="values">The numbers, row after row.</param>
    /// <param name="rows">The number of rows.</param>
    public void Add<T>(ReadOnlySpan<T> values, int rows)
        where T : unmanaged, INumberBase<T>, IUtf8SpanFormattable
    {
        if (encoding.IsSingle && _tooLarge is null)
        {
            LookForTooLarge(values);
        }

        encoding.Append(_bytes, values);
        Rows += rows;
    }

    /// <summary>Throws for the first number that the file has no room for.</summary>
    /// <param name="path">The file, for the message.</param>
    /// <param name="firstRow">The first row's place in the array, from 0.</param>
    /// <exception cref="GmmException">There is one.</exception>
    public void ThrowIfTooLarge(string path, long firstRow)
    {
        if (_tooLarge is not null)
        {
            throw new GmmException(MessageText.OneLine(
                $"{path}: {_tooLarge} in row {firstRow + _tooLargeRow + 1} is too large for a 32-bit number; write .f64."));
        }
    }

    /// <summary>Makes room for other rows.</summary>
    public void Clear()
    {
        _bytes.ResetWrittenCount();
        Rows = 0;
        _tooLarge = null;
    }

    private void LookForTooLarge<T>(ReadOnlySpan<T> values)
        where T : unmanaged, INumberBase<T>
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (T.IsFinite(values[i]) && !float.IsFinite(float.CreateTruncating(values[i])))
            {
                _tooLarge = values[i].ToString();
                _tooLargeRow = Rows + (i / encoding.Columns);
                return;
            }
        }
    }
}

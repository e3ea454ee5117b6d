using System.Buffers;
using System.Numerics;
using GmmNative.Errors;

namespace GmmNative.Files.Output;

/// <summary>The bytes of consecutive rows of an array. They are encoded on any thread and written in the order of the rows.</summary>
/// <param name="encoding">The encoding of the rows.</param>
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
    /// <param name="values">The numbers, row-major.</param>
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

    /// <summary>Throws if a number was too large for the type of the file.</summary>
    /// <param name="path">The file, for the message.</param>
    /// <param name="firstRow">The index of the first row in the array, from 0.</param>
    /// <exception cref="GmmException">A number was too large.</exception>
    public void ThrowIfTooLarge(string path, long firstRow)
    {
        if (_tooLarge is not null)
        {
            throw new GmmException(MessageText.OneLine(
                $"{path}: {_tooLarge} in row {firstRow + _tooLargeRow + 1} is too large for a 32-bit number; write .f64."));
        }
    }

    /// <summary>Removes all rows.</summary>
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

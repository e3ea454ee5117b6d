using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using GmmNative.Errors;
using GmmNative.Files.Npy;
using GmmNative.Files.Numbers;
using GmmNative.Files.Options;

namespace GmmNative.Files.Output;

/// <summary>Encodes the rows of an array as bytes. Immutable.</summary>
internal sealed class ArrayEncoding
{
    private const string Known = ".npy, .csv, .tsv, and for raw numbers .raw, .bin, .f64, .f32, .i32";

    // The longest double in shortest round-trip form has 24 characters, and a separator follows it.
    private const int MaximumNumberLength = 32;
    private const int NumbersAtOnce = 2048;

    private readonly VectorFormat _format;
    private readonly NpyElementType _type;
    private readonly int[] _rowShape;

    private ArrayEncoding(VectorFormat format, NpyElementType type, int[] rowShape)
    {
        _format = format;
        _type = type;
        _rowShape = rowShape;
        Columns = rowShape.Aggregate(1, (product, size) => checked(product * size));
    }

    /// <summary>The number of elements per row.</summary>
    public int Columns { get; }

    /// <summary>Whether numbers are rounded to 32 bits, so that a number may be too large.</summary>
    public bool IsSingle => _type == NpyElementType.Float32;

    /// <summary>The encoding as text: one number per line, in the shortest form that converts back to the same number.</summary>
    public static ArrayEncoding Lines { get; } = new(VectorFormat.Csv, NpyElementType.Float64, []);

    /// <summary>Determines the encoding of a file.</summary>
    /// <param name="path">The file, or <c>-</c>. The extension, in upper or lower case, determines the format.</param>
    /// <param name="type">The type of the numbers in a <c>.npy</c>: 64-bit floating point or 32-bit integers.</param>
    /// <param name="columns">The number of elements per row, or <see langword="null"/> for a 1-D array.</param>
    /// <exception cref="ArgumentException">
    /// The extension is not a format of arrays, or the format cannot store such numbers.
    /// </exception>
    public static ArrayEncoding Of(string path, NpyElementType type, int? columns) =>
        OfRows(path, type, columns is { } c ? [c] : []);

    /// <summary>Determines the encoding of a file.</summary>
    /// <param name="path">The file, or <c>-</c>. The extension, in upper or lower case, determines the format.</param>
    /// <param name="type">The type of the numbers in a <c>.npy</c>: 64-bit floating point or 32-bit integers.</param>
    /// <param name="rowShape">The shape of a row, such as Y x Y for matrices; empty for a 1-D array. Text has one row per line.</param>
    /// <exception cref="ArgumentException">
    /// The extension is not a format of arrays, or the format cannot store such numbers.
    /// </exception>
    public static ArrayEncoding OfRows(string path, NpyElementType type, int[] rowShape)
    {
        string extension = path == InputFile.Standard ? ".RAW" : Path.GetExtension(path).ToUpperInvariant();
        return extension switch
        {
            ".NPY" => new(VectorFormat.Npy, type, rowShape),
            ".CSV" => new(VectorFormat.Csv, type, rowShape),
            ".TSV" => new(VectorFormat.Tsv, type, rowShape),
            ".RAW" or ".BIN" => new(VectorFormat.Raw, type, rowShape),
            ".F64" => new(VectorFormat.Raw, NpyElementType.Float64, rowShape),
            ".F32" => new(VectorFormat.Raw, NpyElementType.Float32, rowShape),
            ".I32" when type.IsInteger => new(VectorFormat.Raw, type, rowShape),
            ".I32" => throw new ArgumentException(MessageText.OneLine(
                $"{path}: .i32 contains 32-bit integers, but the numbers to write are not whole; use .f64, .f32, .npy, .csv or .tsv.")),
            ".PARQUET" => throw new ArgumentException(MessageText.OneLine(
                $"{path}: .parquet is not supported yet; the formats are {Known}.")),

            // A pipe, a device or an open descriptor has no meaningful extension.
            _ when AtomicFile.IsStream(path) => new(VectorFormat.Raw, type, rowShape),
            _ => throw new ArgumentException(MessageText.OneLine(
                $"{path}: {(extension.Length == 0 ? "without an extension" : $"'{Path.GetExtension(path)}'")} "
                + $"is not a format of arrays; the formats are {Known}.")),
        };
    }

    /// <summary>Writes the header, if the format has one.</summary>
    /// <param name="stream">The output.</param>
    /// <param name="rows">T, which may be larger than the maximum length of an array.</param>
    public void WriteHeader(Stream stream, long rows)
    {
        if (_format == VectorFormat.Npy)
        {
            new NpyHeader(_type, FortranOrder: false, [rows, .. _rowShape.Select(size => (long)size)]).Write(stream);
        }
    }

    /// <summary>Appends whole rows.</summary>
    /// <param name="bytes">The output.</param>
    /// <param name="values">The numbers, row-major.</param>
    public void Append<T>(IBufferWriter<byte> bytes, ReadOnlySpan<T> values)
        where T : unmanaged, INumberBase<T>, IUtf8SpanFormattable
    {
        if (_format is VectorFormat.Csv or VectorFormat.Tsv)
        {
            AppendText(bytes, values, _format == VectorFormat.Csv ? (byte)',' : (byte)'\t');
        }
        else if (IsSingle)
        {
            AppendConverted<T, float>(bytes, values);
        }
        else if (_type == NpyElementType.Float64 && typeof(T) != typeof(double))
        {
            AppendConverted<T, double>(bytes, values);
        }
        else
        {
            bytes.Write(MemoryMarshal.AsBytes(values));
        }
    }

    private static void AppendConverted<TFrom, TTo>(IBufferWriter<byte> bytes, ReadOnlySpan<TFrom> values)
        where TFrom : unmanaged, INumberBase<TFrom>
        where TTo : unmanaged, INumberBase<TTo>
    {
        Span<TTo> converted = stackalloc TTo[NumbersAtOnce];
        while (values.Length > 0)
        {
            int count = Math.Min(values.Length, NumbersAtOnce);
            for (int i = 0; i < count; i++)
            {
                converted[i] = TTo.CreateTruncating(values[i]);
            }

            bytes.Write(MemoryMarshal.AsBytes(converted[..count]));
            values = values[count..];
        }
    }

    private void AppendText<T>(IBufferWriter<byte> bytes, ReadOnlySpan<T> values, byte separator)
        where T : unmanaged, IUtf8SpanFormattable
    {
        int columns = Columns;
        int column = 0;
        while (values.Length > 0)
        {
            int count = Math.Min(values.Length, NumbersAtOnce);
            Span<byte> text = bytes.GetSpan(count * MaximumNumberLength);
            int used = 0;
            foreach (T value in values[..count])
            {
                if (!value.TryFormat(text[used..], out int written, default, CultureInfo.InvariantCulture))
                {
                    throw new InvalidOperationException($"A number takes more than {MaximumNumberLength} characters.");
                }

                used += written;
                column = column + 1 < columns ? column + 1 : 0;
                text[used++] = column == 0 ? (byte)'\n' : separator;
            }

            bytes.Advance(used);
            values = values[count..];
        }
    }
}

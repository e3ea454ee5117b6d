using System.Numerics;
using System.Runtime.InteropServices;
using CommunityToolkit.HighPerformance;
using GmmNative.Errors;
using GmmNative.Files;
using GmmNative.Files.Npy;
using GmmNative.Files.Numbers;
using GmmNative.Files.Options;

namespace GmmNative;

/// <summary>Writes arrays. The extension, in upper or lower case, determines the format.</summary>
/// <remarks>
/// <list type="table">
/// <item><term><c>.npy</c></term><description>A NumPy array of 64-bit floating point; whole numbers as 32-bit
/// integers.</description></item>
/// <item><term><c>.csv</c>, <c>.tsv</c></term><description>Text without a header. Its numbers convert back to the same
/// bits.</description></item>
/// <item><term><c>.raw</c>, <c>.bin</c>, <c>-</c></term><description>Little-endian numbers of the same types; <c>-</c> is standard
/// output.</description></item>
/// <item><term><c>.f64</c>, <c>.f32</c></term><description>Little-endian floating point of 64 or 32 bits, rounded if
/// necessary.</description></item>
/// <item><term><c>.i32</c></term><description>Little-endian 32-bit integers, for whole numbers only.</description></item>
/// </list>
/// Other extensions are errors. Files are written by <see cref="AtomicFile"/>, completely or not at all. All methods throw
/// <see cref="GmmException"/> if the folder does not exist or writing fails. Thread-safe for different paths.
/// </remarks>
public static class ArrayFile
{
    private const string Known = ".npy, .csv, .tsv, and for raw numbers .raw, .bin, .f64, .f32, .i32";

    /// <summary>Checks that a file can be written. Call it before the contents are computed.</summary>
    /// <param name="path">The file, or <c>-</c>.</param>
    /// <param name="wholeNumbers">Whether the file will contain whole numbers, such as labels.</param>
    /// <exception cref="ArgumentException">
    /// The extension is not a format of arrays, or the format cannot store such numbers.
    /// </exception>
    /// <exception cref="GmmException">The folder does not exist or cannot be written to, or the path is a folder.</exception>
    public static void CheckWritable(string path, bool wholeNumbers = false)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (!Directory.Exists(path))
        {
            _ = FormatOf(path, wholeNumbers ? NpyElementType.Int32 : NpyElementType.Float64);
        }

        AtomicFile.CheckWritable(path);
    }

    /// <summary>Writes a T x C matrix: <c>.npy</c> 2-D, text with one row per line, raw row after row.</summary>
    /// <param name="path">The file, or <c>-</c>.</param>
    /// <param name="values">The numbers.</param>
    /// <exception cref="ArgumentException">
    /// The extension is not a format of arrays, or the format cannot store such numbers.
    /// </exception>
    /// <exception cref="GmmException">The folder does not exist, writing fails, or a number is too large for <c>.f32</c>.</exception>
    public static void Write(string path, double[,] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        Write(path, new ReadOnlySpan2D<double>(values));
    }

    /// <inheritdoc cref="Write(string, double[,])"/>
    public static void Write(string path, ReadOnlySpan2D<double> values) =>
        Write(path, new Contents<double>(values, NpyElementType.Float64, [values.Height, values.Width], isColumn: false));

    /// <summary>Writes T numbers: <c>.npy</c> 1-D, text with one number per line.</summary>
    /// <inheritdoc cref="Write(string, double[,])" path="//param"/>
    /// <inheritdoc cref="Write(string, double[,])" path="//exception"/>
    public static void Write(string path, ReadOnlySpan<double> values) =>
        Write(path, new Contents<double>(AsRow(values), NpyElementType.Float64, [values.Length], isColumn: true));

    /// <summary>Writes T whole numbers, such as labels: <c>.npy</c> 1-D, text with one number per line.</summary>
    /// <inheritdoc cref="Write(string, double[,])" path="//param"/>
    /// <inheritdoc cref="Write(string, double[,])" path="//exception"/>
    public static void Write(string path, ReadOnlySpan<int> values) =>
        Write(path, new Contents<int>(AsRow(values), NpyElementType.Int32, [values.Length], isColumn: true));

    private static ReadOnlySpan2D<T> AsRow<T>(ReadOnlySpan<T> values) =>
        values.IsEmpty ? default : ReadOnlySpan2D<T>.DangerousCreate(in MemoryMarshal.GetReference(values), 1, values.Length, 0);

    private static void Write<T>(string path, Contents<T> contents)
        where T : unmanaged, INumberBase<T>, IUtf8SpanFormattable
    {
        ArgumentNullException.ThrowIfNull(path);
        (VectorFormat format, NpyElementType type) = FormatOf(path, contents.Type);
        switch (format)
        {
            case VectorFormat.Npy:
                AtomicFile.Write(path, contents, static (stream, c) =>
                {
                    new NpyHeader(c.Type, FortranOrder: false, c.Shape).Write(stream);
                    WriteRaw<T, T>(stream, c);
                });
                break;
            case VectorFormat.Csv:
                AtomicFile.Write(path, contents, static (stream, c) => WriteText(stream, c, ","u8));
                break;
            case VectorFormat.Tsv:
                AtomicFile.Write(path, contents, static (stream, c) => WriteText(stream, c, "\t"u8));
                break;
            case VectorFormat.Raw when type == NpyElementType.Float32:
                CheckFit(path, contents.Rows);
                AtomicFile.Write(path, contents, WriteRaw<T, float>);
                break;
            case VectorFormat.Raw when type == NpyElementType.Float64:
                AtomicFile.Write(path, contents, WriteRaw<T, double>);
                break;
            default:
                AtomicFile.Write(path, contents, WriteRaw<T, T>);
                break;
        }
    }

    private static (VectorFormat Format, NpyElementType Type) FormatOf(string path, NpyElementType type)
    {
        string extension = path == InputFile.Standard ? ".RAW" : Path.GetExtension(path).ToUpperInvariant();
        return extension switch
        {
            ".NPY" => (VectorFormat.Npy, type),
            ".CSV" => (VectorFormat.Csv, type),
            ".TSV" => (VectorFormat.Tsv, type),
            ".RAW" or ".BIN" => (VectorFormat.Raw, type),
            ".F64" => (VectorFormat.Raw, NpyElementType.Float64),
            ".F32" => (VectorFormat.Raw, NpyElementType.Float32),
            ".I32" when type.IsInteger => (VectorFormat.Raw, type),
            ".I32" => throw new ArgumentException(MessageText.OneLine(
                $"{path}: .i32 contains 32-bit integers, but the numbers to write are not whole; use .f64, .f32, .npy, .csv or .tsv.")),
            ".PARQUET" => throw new ArgumentException(MessageText.OneLine(
                $"{path}: .parquet is not supported yet; the formats are {Known}.")),

            // A pipe, a device or an open descriptor has no meaningful extension.
            _ when AtomicFile.IsStream(path) => (VectorFormat.Raw, type),
            _ => throw new ArgumentException(MessageText.OneLine(
                $"{path}: {(extension.Length == 0 ? "without an extension" : $"'{Path.GetExtension(path)}'")} "
                + $"is not a format of arrays; the formats are {Known}.")),
        };
    }

    private static void CheckFit<T>(string path, ReadOnlySpan2D<T> rows)
        where T : unmanaged, INumberBase<T>
    {
        for (int i = 0; i < rows.Height; i++)
        {
            foreach (T value in rows.GetRowSpan(i))
            {
                if (T.IsFinite(value) && !float.IsFinite(float.CreateTruncating(value)))
                {
                    throw new GmmException(
                        MessageText.OneLine($"{path}: {value} in row {i + 1} is too large for a 32-bit number; write .f64."));
                }
            }
        }
    }

    private static void WriteRaw<TFrom, TTo>(Stream stream, Contents<TFrom> contents)
        where TFrom : unmanaged, INumberBase<TFrom>, IUtf8SpanFormattable
        where TTo : unmanaged, INumberBase<TTo>
    {
        for (int i = 0; i < contents.Rows.Height; i++)
        {
            NumberWriter.WriteRaw<TFrom, TTo>(stream, contents.Rows.GetRowSpan(i));
        }
    }

    private static void WriteText<T>(Stream stream, Contents<T> contents, ReadOnlySpan<byte> separator)
        where T : unmanaged, IUtf8SpanFormattable
    {
        for (int i = 0; i < contents.Rows.Height; i++)
        {
            NumberWriter.WriteText(stream, contents.Rows.GetRowSpan(i), contents.IsColumn ? "\n"u8 : separator, "\n"u8);
        }
    }

    private readonly ref struct Contents<T>(ReadOnlySpan2D<T> rows, NpyElementType type, long[] shape, bool isColumn)
    {
        /// <summary>The numbers. A one-dimensional array is a single row, so that it is written at once.</summary>
        public ReadOnlySpan2D<T> Rows { get; } = rows;

        /// <summary>The type of the numbers in a .npy.</summary>
        public NpyElementType Type { get; } = type;

        /// <summary>The shape of the array in a .npy.</summary>
        public long[] Shape { get; } = shape;

        /// <summary>Whether each number has its own line in text.</summary>
        public bool IsColumn { get; } = isColumn;
    }
}

using System.Numerics;
using CommunityToolkit.HighPerformance;
using GmmNative.Files.Numbers;
using GmmNative.Files.Output;

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
/// <example>
/// <code>
/// ArrayFile.Write("rows.npy", new double[,] { { 1, 2 }, { 3, 4 } });
/// </code>
/// </example>
public static class ArrayFile
{
    private const int BytesAtOnce = 1 << 16;
    private const int NumbersAtOnce = 1 << 16;

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
            _ = ArrayEncoding.Of(path, wholeNumbers ? NpyElementType.Int32 : NpyElementType.Float64, null);
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
    public static void Write(string path, ReadOnlySpan2D<double> values)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArrayEncoding encoding = ArrayEncoding.Of(path, NpyElementType.Float64, values.Width);
        using ArrayOutput output = ArrayOutput.Open(path, encoding, values.Height);
        EncodedRows rows = new(encoding);
        for (int i = 0; i < values.Height; i++)
        {
            rows.Add(values.GetRowSpan(i), 1);
            if (rows.Bytes.Length >= BytesAtOnce)
            {
                output.Write(rows);
                rows.Clear();
            }
        }

        output.Write(rows);
        output.Complete();
    }

    /// <summary>Writes T numbers: <c>.npy</c> 1-D, text with one number per line.</summary>
    /// <inheritdoc cref="Write(string, double[,])" path="//param"/>
    /// <inheritdoc cref="Write(string, double[,])" path="//exception"/>
    public static void Write(string path, ReadOnlySpan<double> values) => Write(path, values, NpyElementType.Float64);

    /// <summary>Writes T whole numbers, such as labels: <c>.npy</c> 1-D, text with one number per line.</summary>
    /// <inheritdoc cref="Write(string, double[,])" path="//param"/>
    /// <inheritdoc cref="Write(string, double[,])" path="//exception"/>
    public static void Write(string path, ReadOnlySpan<int> values) => Write(path, values, NpyElementType.Int32);

    private static void Write<T>(string path, ReadOnlySpan<T> values, NpyElementType type)
        where T : unmanaged, INumberBase<T>, IUtf8SpanFormattable
    {
        ArgumentNullException.ThrowIfNull(path);
        ArrayEncoding encoding = ArrayEncoding.Of(path, type, columns: null);
        using ArrayOutput output = ArrayOutput.Open(path, encoding, values.Length);
        EncodedRows rows = new(encoding);
        while (values.Length > 0)
        {
            int count = Math.Min(values.Length, NumbersAtOnce);
            rows.Add(values[..count], count);
            output.Write(rows);
            rows.Clear();
            values = values[count..];
        }

        output.Complete();
    }
}

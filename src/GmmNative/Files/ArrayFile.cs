using System.Runtime.InteropServices;
using CommunityToolkit.HighPerformance;
using GmmNative.Files;

namespace GmmNative;

/// <summary>Writes arrays by extension, in any case: <c>.npy</c>, <c>.csv</c>, <c>.tsv</c>, else raw little-endian numbers.</summary>
/// <remarks>
/// <c>-</c> is raw on standard output. Files are written by <see cref="AtomicFile"/>: whole or not at all. Text has no header, and
/// its numbers read back to the same bits. All methods throw <see cref="GmmException"/> when the folder does not exist or writing
/// fails. Thread-safe for different paths.
/// </remarks>
public static class ArrayFile
{
    /// <summary>Finds out whether a file could be written, before any work is done for it.</summary>
    /// <exception cref="GmmException">It could not; the message names the file and says why.</exception>
    public static void CheckWritable(string path) => AtomicFile.CheckWritable(path);

    /// <summary>Writes a T x C matrix: <c>.npy</c> 2-D float64, <c>.csv</c> one row a line, raw row after row.</summary>
    public static void Write(string path, double[,] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        Write(path, new ReadOnlySpan2D<double>(values));
    }

    /// <inheritdoc cref="Write(string, double[,])"/>
    public static void Write(string path, ReadOnlySpan2D<double> values) =>
        Write(path, new Contents<double>(values, NpyElementType.Float64, [values.Height, values.Width], isColumn: false));

    /// <summary>Writes T numbers: <c>.npy</c> 1-D float64, <c>.csv</c> one a line, raw.</summary>
    public static void Write(string path, ReadOnlySpan<double> values) =>
        Write(path, new Contents<double>(AsRow(values), NpyElementType.Float64, [values.Length], isColumn: true));

    /// <summary>Writes T whole numbers, labels for example: <c>.npy</c> 1-D int32, <c>.csv</c> one a line, raw int32.</summary>
    public static void Write(string path, ReadOnlySpan<int> values) =>
        Write(path, new Contents<int>(AsRow(values), NpyElementType.Int32, [values.Length], isColumn: true));

    private static ReadOnlySpan2D<T> AsRow<T>(ReadOnlySpan<T> values) =>
        values.IsEmpty ? default : ReadOnlySpan2D<T>.DangerousCreate(in MemoryMarshal.GetReference(values), 1, values.Length, 0);

    private static void Write<T>(string path, Contents<T> contents)
        where T : unmanaged, IUtf8SpanFormattable
    {
        ArgumentNullException.ThrowIfNull(path);
        switch (Path.GetExtension(path).ToUpperInvariant())
        {
            case ".NPY":
                AtomicFile.Write(path, contents, static (stream, c) =>
                {
                    new NpyHeader(c.Type, FortranOrder: false, c.Shape).Write(stream);
                    WriteRaw(stream, c);
                });
                break;
            case ".CSV":
                AtomicFile.Write(path, contents, static (stream, c) => WriteText(stream, c, ","u8));
                break;
            case ".TSV":
                AtomicFile.Write(path, contents, static (stream, c) => WriteText(stream, c, "\t"u8));
                break;
            default:
                AtomicFile.Write(path, contents, WriteRaw);
                break;
        }
    }

    private static void WriteRaw<T>(Stream stream, Contents<T> contents)
        where T : unmanaged, IUtf8SpanFormattable
    {
        for (int i = 0; i < contents.Rows.Height; i++)
        {
            NumberWriter.WriteRaw(stream, contents.Rows.GetRowSpan(i));
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
        /// <summary>The numbers; those of a one-dimensional array are one row, so that they are written in one piece.</summary>
        public ReadOnlySpan2D<T> Rows { get; } = rows;

        /// <summary>Their type in a .npy.</summary>
        public NpyElementType Type { get; } = type;

        /// <summary>Their shape in a .npy.</summary>
        public long[] Shape { get; } = shape;

        /// <summary>Whether each number has its own line in text.</summary>
        public bool IsColumn { get; } = isColumn;
    }
}

using GmmNative.Errors;
using GmmNative.Files.Npy;
using GmmNative.Files.Rows;

namespace GmmNative.Files.Vectors;

/// <summary>Reads all numbers of a small file: a <c>.npy</c> array of up to two dimensions, or a text of rows of numbers.</summary>
internal static class NumberFile
{
    /// <summary>Reads the numbers.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The shape, of up to two dimensions, and the numbers in C order. The shape of a text is its rows and columns.</returns>
    /// <exception cref="VectorDataException">The file cannot be read as numbers. The message names it.</exception>
    public static (long[] Shape, double[] Values) Read(string path)
    {
        try
        {
            if (ReadVector(path) is { } vector)
            {
                return ([.. vector.Shape], vector.Values);
            }
        }
        catch (Exception e) when (ReadFailure.Describe(e, InputFile.DisplayName(path)) is not null)
        {
            throw new VectorDataException(ReadFailure.Describe(e, InputFile.DisplayName(path))!, e);
        }

        using IVectorSource source = VectorFile.Open(path);
        double[] matrix = ReadAll(source, path);
        return ([matrix.Length / source.Dimension, source.Dimension], matrix);
    }

    /// <summary>Reads all rows of a source into memory: T x D.</summary>
    /// <param name="source">The rows.</param>
    /// <param name="path">The name of the source in messages.</param>
    /// <exception cref="VectorDataException">There are more numbers than an array can hold.</exception>
    public static double[] ReadAll(IVectorSource source, string path)
    {
        long count = source.RowCount ?? throw new VectorDataException($"{path}: the number of rows is not known.");
        if (count > Array.MaxLength / source.Dimension)
        {
            throw new VectorDataException($"{path}: {count} rows of {source.Dimension} numbers are more than fit into one array.");
        }

        double[] values = new double[count * source.Dimension];
        using IVectorReader reader = source.OpenReader();
        for (int filled = 0; filled < values.Length;)
        {
            int rows = reader.Read(values.AsSpan(filled));
            filled = rows > 0
                ? filled + (rows * source.Dimension)
                : throw new VectorDataException($"{path}: it has fewer than {count} rows now; it changed while it was being read.");
        }

        return values;
    }

    /// <summary>Reads a .npy array without or with one dimension; <see langword="null"/> for any other file.</summary>
    private static (long[] Shape, double[] Values)? ReadVector(string path)
    {
        if (path == InputFile.Standard)
        {
            throw new FileProblemException("standard input is not supported here; name a file.");
        }

        using FileStream stream = InputFile.Open(path);
        Span<byte> start = stackalloc byte[8];
        int read = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        if (!stream.CanSeek || !NpyHeader.IsStart(start[..read]))
        {
            return null;
        }

        stream.Position = 0;
        NpyHeader header = NpyHeader.Read(stream, out int offset);
        if (header.Shape.Length > 1)
        {
            return null;
        }

        if (!header.ElementType.IsNumber || header.DataLength != stream.Length - offset || header.ElementCount > Array.MaxLength)
        {
            throw new FileProblemException(
                $"shape {header.ShapeText} of {header.ElementType} is not an array of numbers that fills the file.");
        }

        RowStore store = new(1);
        store.Fill(stream, header.ElementType, header.ElementCount);
        double[] values = new double[header.ElementCount];
        store.Read(0, values);
        return (header.Shape, values);
    }
}

using GmmNative.Errors;
using GmmNative.Files.Rows;
using GmmNative.Files.Text;

namespace GmmNative.Files.Npy;

/// <summary>Reads vectors from a <c>.npy</c> file.</summary>
internal static class NpyVectors
{
    /// <summary>Maps a file. On success, takes ownership of the stream.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="name">The name of the input in messages.</param>
    /// <param name="acceptsOneDimension">Whether an array of one dimension is one column.</param>
    /// <exception cref="FileProblemException">
    /// The file is not a two-dimensional array of numbers with rows and columns, or its size is wrong.
    /// </exception>
    public static MappedVectorSource Map(FileStream stream, string name, bool acceptsOneDimension = false)
    {
        NpyHeader header = Read(stream, acceptsOneDimension, out int offset);
        long found = stream.Length - offset;
        if (found != header.DataLength)
        {
            string what = found < header.DataLength ? "the file is cut off" : "the file is longer than its header specifies";
            throw new FileProblemException(
                $"{what}: shape {header.ShapeText} of {header.ElementType} takes {header.DataLength} bytes after the header, but {found} "
                + "were found.");
        }

        return new MappedVectorSource(
            new MappedFile(stream), name, header.ElementType, header.FortranOrder, offset, header.Shape[0], (int)header.Shape[1]);
    }

    /// <summary>Reads an array from a stream that cannot be mapped: a pipe, standard input or compressed data.</summary>
    /// <param name="stream">The array from its first byte. It is not disposed.</param>
    /// <param name="name">The name of the input in messages.</param>
    /// <param name="acceptsOneDimension">Whether an array of one dimension is one column.</param>
    /// <exception cref="FileProblemException">
    /// The stream is not a two-dimensional array of numbers with rows and columns, or its size is wrong.
    /// </exception>
    public static LoadedVectorSource Load(Stream stream, string name, bool acceptsOneDimension = false)
    {
        NpyHeader header = Read(stream, acceptsOneDimension, out _);
        if (header.Shape[1] > DelimitedText.MaximumColumns)
        {
            throw new FileProblemException($"vectors of dimension {header.Shape[1]} can be read only from a .npy file, not from a stream.");
        }

        RowStore store = new((int)header.Shape[1]);
        if (header.FortranOrder)
        {
            // In Fortran order, a row is complete only when all columns have been read.
            RowStore numbers = new(1);
            numbers.Fill(stream, header.ElementType, header.ElementCount);
            store.AddTransposed(numbers);
        }
        else
        {
            store.Fill(stream, header.ElementType, header.Shape[0]);
        }

        return stream.ReadByte() < 0
            ? new LoadedVectorSource(store, name)
            : throw new FileProblemException(
                $"it is longer than its header specifies: shape {header.ShapeText} of {header.ElementType}.");
    }

    private static NpyHeader Read(Stream stream, bool acceptsOneDimension, out int offset)
    {
        return AsMatrix(NpyHeader.Read(stream, out offset), acceptsOneDimension);
    }

    /// <summary>Checks that an array is a matrix of numbers.</summary>
    /// <param name="header">The header of the array.</param>
    /// <param name="acceptsOneDimension">Whether an array of one dimension is one column.</param>
    /// <returns>The header of the matrix.</returns>
    /// <exception cref="FileProblemException">It is not.</exception>
    public static NpyHeader AsMatrix(NpyHeader header, bool acceptsOneDimension)
    {
        if (acceptsOneDimension && header.Shape is [long count])
        {
            header = header with { Shape = [count, 1], FortranOrder = false };
        }

        Check(header);
        return header;
    }

    private static void Check(NpyHeader header)
    {
        if (!header.ElementType.IsNumber)
        {
            throw new FileProblemException($"it contains text (dtype {header.ElementType}), not numbers.");
        }

        if (header.Shape.Length != 2)
        {
            string what = header.Shape.Length == 1 ? "1 dimension" : $"{header.Shape.Length} dimensions";
            throw new FileProblemException(
                $"the array has {what}, shape {header.ShapeText}, but 2 are needed: one row per vector, one column per "
                + "coordinate; save it reshaped.");
        }

        if (header.Shape[0] == 0 || header.Shape[1] == 0)
        {
            throw new FileProblemException(
                $"it has no {(header.Shape[0] == 0 ? "rows" : "columns")}: its shape is {header.ShapeText}.");
        }

        if (header.Shape[1] > Array.MaxLength / sizeof(double))
        {
            throw new FileProblemException($"vectors cannot have dimension {header.Shape[1]}.");
        }
    }
}

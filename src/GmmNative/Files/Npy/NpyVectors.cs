using GmmNative.Errors;
using GmmNative.Files.Rows;
using GmmNative.Files.Text;

namespace GmmNative.Files.Npy;

/// <summary>Vectors in a <c>.npy</c> file.</summary>
internal static class NpyVectors
{
    /// <summary>Maps a file and takes over its stream when it succeeds.</summary>
    /// <exception cref="FileProblemException">It is no two-dimensional array of numbers with rows and columns, or its size is
    /// wrong.</exception>
    public static MappedVectorSource Map(FileStream stream, string name)
    {
        NpyHeader header = NpyHeader.Read(stream, out int offset);
        Check(header);
        long found = stream.Length - offset;
        if (found != header.DataLength)
        {
            string what = found < header.DataLength ? "the file is cut off" : "there is more in the file than the header tells";
            throw new FileProblemException(
                $"{what}: shape {header.ShapeText} of {header.ElementType} takes {header.DataLength} bytes after the header, but {found} "
                + "were found.");
        }

        return new MappedVectorSource(
            new MappedFile(stream), name, header.ElementType, header.FortranOrder, offset, header.Shape[0], (int)header.Shape[1]);
    }

    /// <summary>Reads an array from a stream that cannot be mapped: a pipe, standard input, packed data.</summary>
    /// <param name="stream">The array from its first byte; not disposed.</param>
    /// <param name="name">The input's name for people.</param>
    /// <exception cref="FileProblemException">It is no two-dimensional array of numbers with rows and columns, or its size is
    /// wrong.</exception>
    public static LoadedVectorSource Load(Stream stream, string name)
    {
        NpyHeader header = NpyHeader.Read(stream, out _);
        Check(header);
        if (header.Shape[1] > DelimitedText.MostColumns)
        {
            throw new FileProblemException($"vectors of dimension {header.Shape[1]} are read from a .npy file only, not from a stream.");
        }

        RowStore store = new((int)header.Shape[1]);
        if (header.FortranOrder)
        {
            // A row is there only when all columns are.
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
                $"there is more in it than the header tells: shape {header.ShapeText} of {header.ElementType}.");
    }

    private static void Check(NpyHeader header)
    {
        if (!header.ElementType.IsNumber)
        {
            throw new FileProblemException($"it holds text (dtype {header.ElementType}), not numbers.");
        }

        if (header.Shape.Length != 2)
        {
            string what = header.Shape.Length == 1 ? "1 dimension" : $"{header.Shape.Length} dimensions";
            throw new FileProblemException(
                $"the array has {what}, shape {header.ShapeText}, but 2 are needed: one row a vector, one column a coordinate; save it "
                + "reshaped.");
        }

        if (header.Shape[0] == 0 || header.Shape[1] == 0)
        {
            throw new FileProblemException(
                $"there are no {(header.Shape[0] == 0 ? "rows" : "columns")} in it: its shape is {header.ShapeText}.");
        }

        if (header.Shape[1] > Array.MaxLength / sizeof(double))
        {
            throw new FileProblemException($"vectors cannot have dimension {header.Shape[1]}.");
        }
    }
}

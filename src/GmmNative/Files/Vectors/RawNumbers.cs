using GmmNative.Errors;
using GmmNative.Files.Numbers;
using GmmNative.Files.Rows;

namespace GmmNative.Files.Vectors;

/// <summary>Raw numbers without any header: the dimension and the number type come from the caller.</summary>
internal static class RawNumbers
{
    private const int BytesAtOnce = 1 << 20;

    /// <summary>Checks the dimension that raw numbers need.</summary>
    /// <exception cref="FileProblemException">It is missing or cannot be.</exception>
    /// <param name="options">What the caller says.</param>
    /// <param name="isGuess">Whether nobody said that these are raw numbers.</param>
    public static int CheckDimension(VectorFileOptions options, bool isGuess)
    {
        if (options.Dimension is not int dimension)
        {
            string what = isGuess ? "its bytes are of no known format and are taken for raw numbers, which need" : "raw numbers need";
            throw new FileProblemException($"{what} the dimension of the vectors: give --dimension D.");
        }

        if (dimension < 1 || dimension > Array.MaxLength / sizeof(double))
        {
            throw new FileProblemException($"vectors cannot have dimension {dimension}.");
        }

        return dimension;
    }

    /// <summary>The element type that the caller says, or <see langword="null"/> where he does not.</summary>
    public static NpyElementType? ElementType(RawNumberType? type) => type switch
    {
        null => null,
        RawNumberType.Float64 => NpyElementType.Float64,
        RawNumberType.Float32 => NpyElementType.Float32,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Not a number type of raw files."),
    };

    /// <summary>Maps a regular file and takes over its stream when it succeeds.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="name">The file's name for people.</param>
    /// <param name="type">The type of the numbers.</param>
    /// <param name="dimension">D.</param>
    /// <param name="isGuess">Whether nobody said that the numbers are of this type.</param>
    /// <exception cref="FileProblemException">Its size is no multiple of a row's, or the guess is wrong.</exception>
    public static MappedVectorSource Map(FileStream stream, string name, NpyElementType type, int dimension, bool isGuess = false)
    {
        CheckLength(stream.Length, type, dimension, isGuess);
        if (isGuess)
        {
            RawGuess guess = new();
            guess.Look(stream);
            guess.ThrowIfWrong();
        }

        MappedFile file = new(stream);
        return new MappedVectorSource(file, name, type, fortranOrder: false, 0, file.Length / ((long)dimension * type.Size), dimension);
    }

    /// <summary>Reads a pipe to its end.</summary>
    /// <exception cref="FileProblemException">There is nothing, or a part of a row is left over, or the guess is wrong.</exception>
    /// <inheritdoc cref="Map" path="//param"/>
    public static LoadedVectorSource Load(Stream stream, string name, NpyElementType type, int dimension, bool isGuess = false)
    {
        RowStore rows = new(dimension);
        int rowLength = checked(dimension * type.Size);
        byte[] buffer = new byte[Math.Max(rowLength, BytesAtOnce / rowLength * rowLength)];
        int read;
        do
        {
            read = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            int whole = read / rowLength * rowLength;
            if (isGuess && rows.Count == 0)
            {
                RawGuess guess = new();
                guess.Look(buffer.AsSpan(0, whole));
                guess.ThrowIfWrong();
            }

            for (int start = 0; start < whole; start += rowLength)
            {
                NumberDecoder.Widen(buffer.AsSpan(start, rowLength), type, rows.AddRow());
            }

            if (whole != read)
            {
                CheckLength((rows.Count * rowLength) + (read - whole), type, dimension, isGuess);
            }
        }
        while (read == buffer.Length);

        if (rows.Count == 0)
        {
            throw new FileProblemException("there is nothing in it.");
        }

        return new LoadedVectorSource(rows, name);
    }

    private static void CheckLength(long length, NpyElementType type, int dimension, bool isGuess)
    {
        long rowLength = (long)dimension * type.Size;
        if (length % rowLength != 0)
        {
            throw new FileProblemException(
                $"{length} bytes are no multiple of {rowLength}, the size of a vector of dimension {dimension} in {8 * type.Size}-bit "
                + "numbers; "
                + (isGuess && length % ((long)dimension * NpyElementType.Float32.Size) == 0
                    ? "in 32-bit numbers it is one: check the dimension, and give --type f32 if they are."
                    : "check the dimension and the number type."));
        }
    }
}

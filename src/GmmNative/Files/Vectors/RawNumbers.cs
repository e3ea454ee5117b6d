using GmmNative.Errors;
using GmmNative.Files.Numbers;
using GmmNative.Files.Rows;

namespace GmmNative.Files.Vectors;

/// <summary>Reads raw numbers without any header. The caller specifies the dimension and the number type.</summary>
internal static class RawNumbers
{
    private const int BytesAtOnce = 1 << 20;

    /// <summary>Returns the dimension, which raw numbers require.</summary>
    /// <param name="options">The options of the caller.</param>
    /// <param name="isGuess">Whether the format is a guess: neither the options nor the extension specify raw numbers.</param>
    /// <exception cref="FileProblemException">The dimension is missing or out of range.</exception>
    public static int CheckDimension(VectorFileOptions options, bool isGuess)
    {
        if (options.Dimension is not int dimension)
        {
            string what = isGuess ? "its format is not recognized, so it is read as raw numbers, which need" : "raw numbers need";
            throw new FileProblemException($"{what} the dimension of the vectors: give --dimension D.");
        }

        if (dimension < 1 || dimension > Array.MaxLength / sizeof(double))
        {
            throw new FileProblemException($"vectors cannot have dimension {dimension}.");
        }

        return dimension;
    }

    /// <summary>Returns the element type of a number type, or <see langword="null"/>.</summary>
    public static NpyElementType? ElementType(RawNumberType? type) => type switch
    {
        null => null,
        RawNumberType.Float64 => NpyElementType.Float64,
        RawNumberType.Float32 => NpyElementType.Float32,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Not a number type of raw files."),
    };

    /// <summary>Maps a regular file. On success, takes ownership of the stream.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="name">The name of the file in messages.</param>
    /// <param name="type">The type of the numbers.</param>
    /// <param name="dimension">D.</param>
    /// <param name="isGuess">Whether the number type is a guess: neither the options nor the extension specify it.</param>
    /// <exception cref="FileProblemException">The size is not a multiple of the size of a row, or the guess is wrong.</exception>
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
    /// <exception cref="FileProblemException">The input is empty or ends within a row, or the guess is wrong.</exception>
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
            throw new FileProblemException("it is empty.");
        }

        return new LoadedVectorSource(rows, name);
    }

    private static void CheckLength(long length, NpyElementType type, int dimension, bool isGuess)
    {
        long rowLength = (long)dimension * type.Size;
        if (length % rowLength != 0)
        {
            throw new FileProblemException(
                $"{length} bytes are not a multiple of {rowLength}, the size of a vector of dimension {dimension} in {8 * type.Size}-bit "
                + "numbers; "
                + (isGuess && length % ((long)dimension * NpyElementType.Float32.Size) == 0
                    ? "as 32-bit numbers they are: check the dimension, and give --type f32 if the numbers are 32-bit."
                    : "check the dimension and the number type."));
        }
    }
}

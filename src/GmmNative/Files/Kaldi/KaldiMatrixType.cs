using GmmNative.Errors;
using GmmNative.Files.Bytes;
using GmmNative.Files.Numbers;
using GmmNative.Files.Text;
using GmmNative.Files.Utterances;

namespace GmmNative.Files.Kaldi;

/// <summary>The types of Kaldi's binary matrices and vectors, and their headers.</summary>
internal static class KaldiMatrixType
{
    /// <summary>Whether matrices of a type can be read.</summary>
    /// <param name="type">The letters before the header.</param>
    public static bool IsKnown(string type) => type is "FM" or "DM" or "FV" or "DV" or "CM" or "CM2" or "CM3";

    /// <summary>Describes a type that cannot be read.</summary>
    public static string Problem(string type) => type switch
    {
        "SM" => "it is a sparse matrix, not features; write it with copy-feats as a full matrix.",
        "FP" or "DP" => "it is a packed symmetric matrix, not features.",
        _ when type.StartsWith('\u0004') => "it contains integers, such as an alignment, not features.",
        _ => $"{MessageText.Quote(type)} is not a type of Kaldi matrices.",
    };

    /// <summary>Reads a header and skips the numbers. A vector is a matrix of one row.</summary>
    /// <param name="type">A type for which <see cref="IsKnown"/> is true.</param>
    /// <param name="cursor">The bytes behind the type.</param>
    /// <returns>The matrix, or <see langword="null"/> if it is empty.</returns>
    /// <exception cref="FileProblemException">The sizes are impossible, or the bytes end before the matrix.</exception>
    public static MatrixSegment? Read(string type, ByteCursor cursor)
    {
        bool isPacked = type[0] == 'C';
        float minimum = isPacked ? cursor.TakeSingle() : 0;
        float range = isPacked ? cursor.TakeSingle() : 0;
        int rows = isPacked ? cursor.TakeInt32() : type[1] == 'V' ? 1 : TakeSize(cursor);
        int columns = isPacked ? cursor.TakeInt32() : TakeSize(cursor);
        if (rows < 0 || columns < 0 || columns > DelimitedText.MaximumColumns || (rows == 0) != (columns == 0 && type[1] != 'V'))
        {
            throw new FileProblemException($"a matrix of {rows} rows and {columns} columns is impossible; the archive is damaged.");
        }

        if (columns == 0)
        {
            return null;
        }

        long start = cursor.Position;
        NpyElementType number = type[0] == 'D' ? NpyElementType.Float64 : NpyElementType.Float32;
        long length = type switch
        {
            "CM" => KaldiCompressedSegment.BytesPerColumn * (long)columns + ((long)rows * columns),
            "CM2" => sizeof(ushort) * (long)rows * columns,
            "CM3" => (long)rows * columns,
            _ => number.Size * (long)rows * columns,
        };
        if (length > cursor.Remaining)
        {
            throw new FileProblemException(
                $"it is cut off: {rows} rows of {columns} columns take {length} bytes, but {cursor.Remaining} follow.");
        }

        cursor.Skip(length);
        return type switch
        {
            "CM" => new KaldiCompressedSegment(cursor.Source, start, minimum, range, rows, columns),
            "CM2" => new KaldiQuantizedSegment(cursor.Source, start, minimum, range, sizeof(ushort), rows, columns),
            "CM3" => new KaldiQuantizedSegment(cursor.Source, start, minimum, range, sizeof(byte), rows, columns),
            _ => new NumbersSegment(cursor.Source, start, number, rows, columns),
        };
    }

    // Kaldi writes the size of an integer before it.
    private static int TakeSize(ByteCursor cursor)
    {
        byte size = cursor.Take(1)[0];
        return size == sizeof(int) ? cursor.TakeInt32()
            : throw new FileProblemException($"byte {cursor.Position} should be 4, the size of an integer, but is {size}.");
    }
}

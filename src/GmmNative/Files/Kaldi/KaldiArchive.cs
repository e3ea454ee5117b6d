using System.Text;
using GmmNative.Errors;
using GmmNative.Files.Bytes;
using GmmNative.Files.Utterances;

namespace GmmNative.Files.Kaldi;

/// <summary>
/// Reads binary Kaldi archives: a key, a blank and a matrix, again and again. Only the headers are read, the numbers when they are needed.
/// </summary>
internal static class KaldiArchive
{
    private const int MaximumKeyLength = 1 << 10;

    private static ReadOnlySpan<byte> Mark => [0, (byte)'B'];

    /// <summary>Finds the matrices of an archive, or the single matrix of a file without keys.</summary>
    /// <param name="bytes">The archive.</param>
    /// <param name="fileKey">The key of a matrix that has none.</param>
    /// <param name="notice">Receives notes about utterances that are left out.</param>
    /// <returns>At least one matrix, each with rows, all of the same dimension.</returns>
    /// <exception cref="FileProblemException">The archive is damaged, or contains something other than matrices and vectors.</exception>
    public static List<KeyedSegment> Read(ByteSource bytes, string fileKey, Action<string> notice)
    {
        List<KeyedSegment> segments = [];
        ByteCursor cursor = new(bytes);
        bool isSingle = cursor.Peek(Mark.Length).SequenceEqual(Mark);
        while (cursor.Remaining > 0)
        {
            string key = isSingle ? fileKey : ReadKey(cursor);
            MatrixSegment? matrix = InUtterance(key, () => ReadMatrix(cursor));
            if (matrix is null)
            {
                notice($"utterance {MessageText.Quote(key)} is left out, because it has no rows.");
                continue;
            }

            segments.Add(new KeyedSegment(key, matrix));
            SegmentCheck.SameDimension(key, matrix.Dimension, segments[0].Key, segments[0].Matrix.Dimension);
            if (isSingle && cursor.Remaining > 0)
            {
                throw new FileProblemException($"{cursor.Remaining} bytes follow its matrix; an archive has a key before each matrix.");
            }
        }

        return segments.Count > 0 ? segments : throw new FileProblemException("none of its utterances has rows.");
    }

    /// <summary>Finds the matrix that starts at an offset, as a list of an archive names it.</summary>
    /// <param name="bytes">The archive.</param>
    /// <param name="offset">The offset.</param>
    /// <returns>The matrix, or <see langword="null"/> if it has no rows.</returns>
    /// <exception cref="FileProblemException">There is no matrix at the offset.</exception>
    public static MatrixSegment? ReadAt(ByteSource bytes, long offset) => offset < bytes.Length
        ? ReadMatrix(new ByteCursor(bytes, offset))
        : throw new FileProblemException($"the offset {offset} is beyond its end: it has {bytes.Length} bytes.");

    private static string ReadKey(ByteCursor cursor)
    {
        ReadOnlySpan<byte> ahead = cursor.Peek(MaximumKeyLength + 1);
        int length = ahead.IndexOf((byte)' ');
        if (length <= 0 || ahead[..length].IndexOfAnyInRange((byte)0, (byte)' ') >= 0)
        {
            throw new FileProblemException($"there is no key of an utterance at byte {cursor.Position}; the archive is damaged.");
        }

        string key = Encoding.UTF8.GetString(ahead[..length]);
        cursor.Skip(length + 1);
        return key;
    }

    private static MatrixSegment? ReadMatrix(ByteCursor cursor)
    {
        if (!cursor.Peek(Mark.Length).SequenceEqual(Mark))
        {
            throw new FileProblemException($"there is no binary matrix at byte {cursor.Position}.");
        }

        cursor.Skip(Mark.Length);
        ReadOnlySpan<byte> ahead = cursor.Peek(4);
        int length = ahead.IndexOf((byte)' ');
        string type = Encoding.Latin1.GetString(length > 0 ? ahead[..length] : ahead);
        if (length <= 0 || !KaldiMatrixType.IsKnown(type))
        {
            throw new FileProblemException(KaldiMatrixType.Problem(type));
        }

        cursor.Skip(length + 1);
        return KaldiMatrixType.Read(type, cursor);
    }

    private static MatrixSegment? InUtterance(string key, Func<MatrixSegment?> read)
    {
        try
        {
            return read();
        }
        catch (FileProblemException e) when (e.Place is null)
        {
            throw new FileProblemException(e.Message, $"utterance {MessageText.Quote(key)}", e);
        }
    }
}

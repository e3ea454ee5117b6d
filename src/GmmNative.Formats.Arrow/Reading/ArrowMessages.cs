using System.Buffers.Binary;

namespace GmmNative.Formats.Arrow.Reading;

/// <summary>
/// The messages of a file: the schema and then record batches and dictionaries. A walk over their metadata counts the rows and finds
/// truncated files without decoding a batch. A file contains the same messages as a stream, between its signatures.
/// </summary>
internal static class ArrowMessages
{
    // "ARROW1" and two bytes of padding.
    private const int LengthOfFileStart = 8;
    private const int LengthOfPrefix = 8;
    private const int MaximumMetadata = 1 << 28;
    private const byte SchemaMessage = 1;
    private const byte RecordBatchMessage = 3;

    private static ReadOnlySpan<byte> Signature => "ARROW1"u8;

    /// <summary>Whether a file starts like an Arrow file.</summary>
    public static bool IsFile(ReadOnlySpan<byte> head) => head.StartsWith(Signature);

    /// <summary>Whether a file starts like an Arrow stream, which has no signature: with a message that is a schema.</summary>
    public static bool IsStream(ReadOnlySpan<byte> head)
    {
        if (head.Length < LengthOfPrefix || BinaryPrimitives.ReadInt32LittleEndian(head) != -1)
        {
            return false;
        }

        int length = BinaryPrimitives.ReadInt32LittleEndian(head[sizeof(int)..]);
        if (length is < LengthOfPrefix or > MaximumMetadata || length % 8 != 0)
        {
            return false;
        }

        try
        {
            MessageTable message = MessageTable.Root(head[LengthOfPrefix..]);
            return message.Byte(1) == SchemaMessage && message.Int64(3) == 0;
        }
        catch (Exception e) when (e is ArgumentOutOfRangeException or IndexOutOfRangeException or OverflowException)
        {
            return false;
        }
    }

    /// <summary>Moves a file to its first message.</summary>
    /// <returns>Whether it is a file with signatures, not a stream.</returns>
    public static bool SeekToFirst(FileStream stream)
    {
        Span<byte> start = stackalloc byte[LengthOfFileStart];
        stream.Position = 0;
        stream.ReadExactly(start);
        stream.Position = IsFile(start) ? LengthOfFileStart : 0;
        return IsFile(start);
    }

    /// <summary>Counts the rows of all record batches.</summary>
    /// <exception cref="InvalidDataException">The file is truncated or damaged.</exception>
    public static long CountRows(FileStream stream)
    {
        bool isFile = SeekToFirst(stream);
        long end = stream.Length;
        if (isFile)
        {
            end -= Signature.Length;
            CheckEnd(stream, end);
        }

        long rows = 0;
        Span<byte> prefix = stackalloc byte[LengthOfPrefix];
        for (int number = 1; end - stream.Position >= LengthOfPrefix; number++)
        {
            stream.ReadExactly(prefix);
            int length = BinaryPrimitives.ReadInt32LittleEndian(prefix[sizeof(int)..]);
            if (BinaryPrimitives.ReadInt32LittleEndian(prefix) != -1)
            {
                throw new InvalidDataException($"it is damaged at message {number}.");
            }

            if (length == 0)
            {
                return rows;
            }

            rows = checked(rows + ReadMessage(stream, length, end, number));
        }

        return stream.Position == end ? rows : throw new InvalidDataException("it is truncated.");
    }

    private static void CheckEnd(FileStream stream, long end)
    {
        long start = stream.Position;
        Span<byte> mark = stackalloc byte[Signature.Length];
        if (end < start)
        {
            throw new InvalidDataException("it is truncated.");
        }

        stream.Position = end;
        stream.ReadExactly(mark);
        stream.Position = start;
        if (!mark.SequenceEqual(Signature))
        {
            throw new InvalidDataException("it is truncated: it does not end with ARROW1.");
        }
    }

    // Returns the number of rows of a message, and moves to the next one.
    private static long ReadMessage(FileStream stream, int length, long end, int number)
    {
        if (length < 0 || length > MaximumMetadata || length > end - stream.Position)
        {
            throw new InvalidDataException($"it is damaged or truncated at message {number}.");
        }

        byte[] metadata = new byte[length];
        stream.ReadExactly(metadata);
        MessageTable message = MessageTable.Root(metadata);
        long body = message.Int64(3);
        if (body < 0 || body > end - stream.Position)
        {
            throw new InvalidDataException($"it is damaged or truncated at message {number}.");
        }

        stream.Position += body;
        long rows = message.Byte(1) == RecordBatchMessage ? message.Table(2).Int64(0) : 0;
        return rows is >= 0 and <= int.MaxValue ? rows : throw new InvalidDataException($"message {number} claims {rows} rows.");
    }
}

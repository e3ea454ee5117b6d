using System.Buffers.Binary;

namespace GmmNative.Files.Detection;

/// <summary>Recognizes HTK feature files: a header of twelve bytes that must agree with the length of the file.</summary>
internal static class HtkHeader
{
    private const int Length = 12;
    private const int KindMask = 0x3F;
    private const int LastKind = 13;
    private const int CompressedFlag = 0x400;
    private const int ChecksumFlag = 0x1000;

    // Ten seconds, in units of 100 ns.
    private const int MaximumPeriod = 100_000_000;
    private const int NumbersTested = 32;

    /// <summary>Recognizes a file by its first bytes and its length.</summary>
    public static ForeignFormat? Recognize(ReadOnlySpan<byte> head, long? length) =>
        head.Length >= Length && length is { } all && (IsHeader(head, all, bigEndian: true) || IsHeader(head, all, bigEndian: false))
            ? new ForeignFormat("a file of HTK features", "a later version will read it; for now write its numbers as text with HList -r",
                IsCertain: false)
            : null;

    private static bool IsHeader(ReadOnlySpan<byte> head, long length, bool bigEndian)
    {
        long samples = bigEndian ? BinaryPrimitives.ReadInt32BigEndian(head) : BinaryPrimitives.ReadInt32LittleEndian(head);
        int period = bigEndian ? BinaryPrimitives.ReadInt32BigEndian(head[4..]) : BinaryPrimitives.ReadInt32LittleEndian(head[4..]);
        int size = bigEndian ? BinaryPrimitives.ReadInt16BigEndian(head[8..]) : BinaryPrimitives.ReadInt16LittleEndian(head[8..]);
        int kind = bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(head[10..]) : BinaryPrimitives.ReadUInt16LittleEndian(head[10..]);
        bool isPacked = (kind & CompressedFlag) != 0 || (kind & KindMask) is 0 or 5 or 10;
        if (samples < 1 || period is < 1 or > MaximumPeriod || size < 1 || (kind & KindMask) > LastKind
            || size % (isPacked ? sizeof(short) : sizeof(float)) != 0)
        {
            return false;
        }

        // Compressed files begin with scales as long as four samples, which most programs include in the number of samples. A checksum
        // takes two more bytes.
        long expected = Length + (samples * size) + ((kind & ChecksumFlag) != 0 ? sizeof(ushort) : 0);
        // Some programs write the header in one byte order and the numbers in the other.
        if (!isPacked && !AreNumbers(head[Length..], bigEndian: true) && !AreNumbers(head[Length..], bigEndian: false))
        {
            return false;
        }

        return length == expected || ((kind & CompressedFlag) != 0 && length == expected + (4L * size));
    }

    // Features are numbers of moderate magnitude. Three of four numbers read from other bytes are not.
    private static bool AreNumbers(ReadOnlySpan<byte> bytes, bool bigEndian)
    {
        int count = Math.Min(NumbersTested, bytes.Length / sizeof(float));
        int sensible = 0;
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> place = bytes[(i * sizeof(float))..];
            float number = bigEndian ? BinaryPrimitives.ReadSingleBigEndian(place) : BinaryPrimitives.ReadSingleLittleEndian(place);
            sensible += Math.Abs(number) is 0 or (> 1e-10f and < 1e10f) ? 1 : 0;
        }

        return sensible >= 0.8 * count;
    }
}

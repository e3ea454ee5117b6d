using System.Buffers.Binary;
using GmmNative.Files.Htk;

namespace GmmNative.Files.Detection;

/// <summary>Recognizes HTK feature files: a header of twelve bytes that must agree with the length of the file.</summary>
internal static class HtkHeader
{
    private const int KindMask = 0x3F;
    private const int LastKind = 13;
    private const int CompressedFlag = 0x400;
    private const int ChecksumFlag = 0x1000;

    // Ten seconds, in units of 100 ns.
    private const int MaximumPeriod = 100_000_000;

    /// <summary>Recognizes a file by its first bytes and its length.</summary>
    public static bool IsHeader(ReadOnlySpan<byte> head, long? length) =>
        head.Length >= HtkFeatures.HeaderLength && length is { } all
        && (IsHeader(head, all, bigEndian: true) || IsHeader(head, all, bigEndian: false));

    private static bool IsHeader(ReadOnlySpan<byte> head, long length, bool bigEndian)
    {
        long samples = bigEndian ? BinaryPrimitives.ReadInt32BigEndian(head) : BinaryPrimitives.ReadInt32LittleEndian(head);
        int period = bigEndian ? BinaryPrimitives.ReadInt32BigEndian(head[4..]) : BinaryPrimitives.ReadInt32LittleEndian(head[4..]);
        int size = bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(head[8..]) : BinaryPrimitives.ReadUInt16LittleEndian(head[8..]);
        int kind = bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(head[10..]) : BinaryPrimitives.ReadUInt16LittleEndian(head[10..]);
        bool isPacked = (kind & CompressedFlag) != 0 || (kind & KindMask) is 0 or 5 or 10;
        if (samples < 1 || period is < 1 or > MaximumPeriod || size < 1 || (kind & KindMask) > LastKind
            || size % (isPacked ? sizeof(short) : sizeof(float)) != 0)
        {
            return false;
        }

        // Compressed files begin with scales as long as four samples, which most programs include in the number of samples. A checksum
        // takes two more bytes.
        long expected = HtkFeatures.HeaderLength + (samples * size) + ((kind & ChecksumFlag) != 0 ? sizeof(ushort) : 0);
        // Some programs write the header in one byte order and the numbers in the other.
        if (!isPacked && !FeatureNumbers.AreSensible(head[HtkFeatures.HeaderLength..], bigEndian: true)
            && !FeatureNumbers.AreSensible(head[HtkFeatures.HeaderLength..], bigEndian: false))
        {
            return false;
        }

        return length == expected || ((kind & CompressedFlag) != 0 && length == expected + (4L * size));
    }
}

using System.Buffers.Binary;

namespace GmmNative.Files;

/// <summary>Recognises HTK's files of features: twelve bytes of header that must agree with the length of the file.</summary>
internal static class HtkHeader
{
    private const int Length = 12;
    private const int KindMask = 0x3F;
    private const int LastKind = 13;
    private const int CompressedFlag = 0x400;
    private const int ChecksumFlag = 0x1000;

    /// <summary>Recognises a file by its first bytes and its length.</summary>
    public static ForeignFormat? Recognise(ReadOnlySpan<byte> head, long? length) =>
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
        if (samples < 1 || period < 1 || size < 1 || (kind & KindMask) > LastKind)
        {
            return false;
        }

        // Compressed files count the scales, four samples long, among the samples. A checksum takes two bytes more.
        long expected = Length + (samples * size) + ((kind & ChecksumFlag) != 0 ? sizeof(ushort) : 0);
        return length == expected || ((kind & CompressedFlag) != 0 && Math.Abs(length - expected) <= 4L * size);
    }
}

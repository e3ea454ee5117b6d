using System.Buffers.Binary;
using GmmNative.Errors;

namespace GmmNative.Files.Zip;

/// <summary>The end record of a zip archive, which locates the directory.</summary>
/// <param name="DirectoryStart">The offset of the directory.</param>
/// <param name="DirectoryLength">The length of the directory in bytes. The directory lies within the file.</param>
/// <param name="MemberCount">The number of members. The directory is long enough for this number.</param>
internal readonly record struct ZipEnd(long DirectoryStart, long DirectoryLength, long MemberCount)
{
    private const uint Mark = 0x06054B50;
    private const int FixedLength = 22;
    private const uint LocatorMark = 0x07064B50;
    private const int LocatorLength = 20;
    private const uint LargeMark = 0x06064B50;
    private const int LargeLength = 56;

    /// <summary>Finds the end record, which only a comment may follow.</summary>
    /// <exception cref="FileProblemException">There is no end record, or its numbers are impossible.</exception>
    public static ZipEnd Find(Stream stream)
    {
        byte[] tail = new byte[Math.Min(stream.Length, FixedLength + ushort.MaxValue)];
        ReadAt(stream, stream.Length - tail.Length, tail);
        for (int start = tail.Length - FixedLength; start >= 0; start--)
        {
            ReadOnlySpan<byte> record = tail.AsSpan(start);
            if (U32(record) == Mark && U16(record[20..]) <= record.Length - FixedLength)
            {
                return Parse(stream, stream.Length - tail.Length + start, record);
            }
        }

        throw new FileProblemException("it is not a .npz file (a zip archive), or it is cut off.");
    }

    private static ZipEnd Parse(Stream stream, long position, ReadOnlySpan<byte> record)
    {
        uint disks = (uint)U16(record[4..]) | U16(record[6..]);
        ushort count = U16(record[10..]);
        uint length = U32(record[12..]);
        uint start = U32(record[16..]);
        bool large = disks == ushort.MaxValue || count == ushort.MaxValue || length == uint.MaxValue || start == uint.MaxValue;
        if (large && FindLarge(stream, position) is ZipEnd end)
        {
            return end;
        }

        return Check(disks, start, length, count, position);
    }

    /// <summary>
    /// Reads the second form of the end record (zip64), for numbers that are too large for the first form. Returns <see langword="null"/>
    /// if there is none.
    /// </summary>
    private static ZipEnd? FindLarge(Stream stream, long position)
    {
        Span<byte> locator = stackalloc byte[LocatorLength];
        if (position < LocatorLength)
        {
            return null;
        }

        ReadAt(stream, position - LocatorLength, locator);
        if (U32(locator) != LocatorMark)
        {
            return null;
        }

        ulong place = BinaryPrimitives.ReadUInt64LittleEndian(locator[8..]);
        if (position - LocatorLength < LargeLength || place > (ulong)(position - LocatorLength - LargeLength))
        {
            throw Damaged();
        }

        Span<byte> record = stackalloc byte[LargeLength];
        ReadAt(stream, (long)place, record);
        if (U32(record) != LargeMark)
        {
            throw Damaged();
        }

        return Check(U32(record[16..]) | U32(record[20..]), U64(record[48..]), U64(record[40..]), U64(record[32..]), (long)place);
    }

    private static ZipEnd Check(uint disks, ulong start, ulong length, ulong count, long end)
    {
        if (disks != 0)
        {
            throw new FileProblemException("the zip archive is one of several parts; join them first.");
        }

        return start > (ulong)end || length > (ulong)end - start || count > length / ZipDirectory.MinimumEntryLength
            ? throw Damaged()
            : new ZipEnd((long)start, (long)length, (long)count);
    }

    private static FileProblemException Damaged() => new("the end of the zip archive is damaged; copy or write the file again.");

    private static void ReadAt(Stream stream, long position, Span<byte> bytes)
    {
        stream.Position = position;
        stream.ReadExactly(bytes);
    }

    private static ushort U16(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    private static uint U32(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    private static ulong U64(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt64LittleEndian(bytes);
}

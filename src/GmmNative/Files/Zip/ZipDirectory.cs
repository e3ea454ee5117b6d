using System.Buffers.Binary;
using System.Text;
using GmmNative.Errors;

namespace GmmNative.Files.Zip;

/// <summary>
/// Reads the directory of a zip archive, for the subset of zip that NumPy uses: members stored or deflated, large archives (zip64), one
/// file, no encryption.
/// </summary>
/// <remarks>
/// A custom reader is needed because any bytes must be handled. <see cref="System.IO.Compression.ZipArchive"/> trusts the sizes in a
/// damaged directory, and then throws undocumented exceptions.
/// </remarks>
internal static class ZipDirectory
{
    /// <summary>The number of bytes of an entry without a name.</summary>
    public const int MinimumEntryLength = 46;

    private const uint EntryMark = 0x02014B50;
    private const ushort LargeSizes = 1;
    private const ushort NamesAreUtf8 = 1 << 11;

    /// <summary>Reads the directory.</summary>
    /// <param name="stream">The archive, which must be seekable.</param>
    /// <returns>The members, in the order of the directory. Their names are unique.</returns>
    /// <exception cref="FileProblemException">
    /// The file is not a zip archive, its directory is damaged, or two members have the same name.
    /// </exception>
    public static IReadOnlyList<ZipMember> Read(Stream stream)
    {
        ZipEnd end = ZipEnd.Find(stream);
        using RangeStream directory = new(stream, end.DirectoryStart, end.DirectoryLength);
        List<ZipMember> members = [];
        HashSet<string> names = [];
        byte[] buffer = new byte[2 * ushort.MaxValue];
        for (long i = 0; i < end.MemberCount; i++)
        {
            ZipMember member = ReadEntry(directory, buffer, end.DirectoryStart);
            if (!names.Add(member.Name))
            {
                throw new FileProblemException($"it contains {MessageText.Quote(member.Name)} twice; write it again with each array once.");
            }

            members.Add(member);
        }

        return members;
    }

    /// <summary>Decodes the name of a member. The flags specify the encoding.</summary>
    public static string DecodeName(ReadOnlySpan<byte> name, ushort flags) =>
        ((flags & NamesAreUtf8) != 0 ? Encoding.UTF8 : Encoding.Latin1).GetString(name);

    private static ZipMember ReadEntry(RangeStream directory, byte[] buffer, long directoryStart)
    {
        Span<byte> entry = stackalloc byte[MinimumEntryLength];
        Fill(directory, entry);
        if (BinaryPrimitives.ReadUInt32LittleEndian(entry) != EntryMark)
        {
            throw Damaged();
        }

        ushort flags = BinaryPrimitives.ReadUInt16LittleEndian(entry[8..]);
        Span<byte> name = buffer.AsSpan(0, BinaryPrimitives.ReadUInt16LittleEndian(entry[28..]));
        Span<byte> extra = buffer.AsSpan(name.Length, BinaryPrimitives.ReadUInt16LittleEndian(entry[30..]));
        Fill(directory, name);
        Fill(directory, extra);
        ulong length = BinaryPrimitives.ReadUInt32LittleEndian(entry[24..]);
        ulong packedLength = BinaryPrimitives.ReadUInt32LittleEndian(entry[20..]);
        ulong start = BinaryPrimitives.ReadUInt32LittleEndian(entry[42..]);
        ReadLargeSizes(extra, ref length, ref packedLength, ref start);

        // Members lie before the directory. After this check, the numbers fit in a long.
        if (start > (ulong)directoryStart || packedLength > (ulong)directoryStart - start || length > long.MaxValue)
        {
            throw Damaged();
        }

        ZipMember member = new()
        {
            Name = DecodeName(name, flags),
            Flags = flags,
            Method = BinaryPrimitives.ReadUInt16LittleEndian(entry[10..]),
            Checksum = BinaryPrimitives.ReadUInt32LittleEndian(entry[16..]),
            Length = (long)length,
            PackedLength = (long)packedLength,
            Start = (long)start,
            End = directoryStart,
        };
        Fill(directory, buffer.AsSpan(0, BinaryPrimitives.ReadUInt16LittleEndian(entry[32..])));
        return member;
    }

    /// <summary>
    /// If a number is too large for its field, all bits of the field are one, and the extra part of the entry contains the number. The
    /// extra part has this order of numbers.
    /// </summary>
    private static void ReadLargeSizes(ReadOnlySpan<byte> extra, ref ulong length, ref ulong packedLength, ref ulong start)
    {
        if (length != uint.MaxValue && packedLength != uint.MaxValue && start != uint.MaxValue)
        {
            return;
        }

        ReadOnlySpan<byte> sizes = FindExtra(extra, LargeSizes);
        TakeLarge(ref sizes, ref length);
        TakeLarge(ref sizes, ref packedLength);
        TakeLarge(ref sizes, ref start);
    }

    private static void TakeLarge(ref ReadOnlySpan<byte> sizes, ref ulong value)
    {
        if (value != uint.MaxValue)
        {
            return;
        }

        if (sizes.Length < sizeof(ulong))
        {
            throw Damaged();
        }

        value = BinaryPrimitives.ReadUInt64LittleEndian(sizes);
        sizes = sizes[sizeof(ulong)..];
    }

    private static ReadOnlySpan<byte> FindExtra(ReadOnlySpan<byte> extra, ushort kind)
    {
        const int head = 2 * sizeof(ushort);
        while (extra.Length >= head)
        {
            ushort length = BinaryPrimitives.ReadUInt16LittleEndian(extra[sizeof(ushort)..]);
            if (length > extra.Length - head)
            {
                break;
            }

            if (BinaryPrimitives.ReadUInt16LittleEndian(extra) == kind)
            {
                return extra.Slice(head, length);
            }

            extra = extra[(head + length)..];
        }

        return default;
    }

    private static void Fill(RangeStream directory, Span<byte> bytes)
    {
        if (directory.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
        {
            throw Damaged();
        }
    }

    private static FileProblemException Damaged() => new("the directory of the zip archive is damaged; copy or write the file again.");
}

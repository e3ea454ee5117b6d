using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace GmmNative.Interop.Loading;

/// <summary>
/// Checks a Linux shared library before it is loaded. If a file is truncated, the system's loader maps it and then crashes with a bus
/// error, which ends the process.
/// </summary>
internal sealed class ElfFile : LibraryFile
{
    private const int HeaderSize = 64;
    private const int ProgramHeaderSize = 56;
    private const int SectionHeaderSize = 64;
    private const int DynamicEntrySize = 16;
    private const int SharedObject = 3;
    private const int LoadableSegment = 1;
    private const int DynamicSegment = 2;
    private const int UnusedSection = 0;
    private const int SectionWithoutBytes = 8;
    private const int NeededTag = 1;
    private const int StringTableTag = 5;
    private const int StringTableSizeTag = 10;
    private const int SonameTag = 14;

    private readonly List<Segment> _segments = [];

    private ElfFile()
    {
    }

    /// <summary>The name by which other libraries refer to it (DT_SONAME), or <see langword="null"/>.</summary>
    public string? Soname { get; private set; }

    /// <summary>Examines a file.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static new ElfFile Read(string path) => Read(path, new ElfFile());

    private static int ExpectedMachine => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => 62,
        Architecture.Arm64 => 183,
        _ => -1,
    };

    protected override string? Examine(FileStream stream)
    {
        Span<byte> header = stackalloc byte[HeaderSize];
        int read = stream.ReadAtLeast(header, HeaderSize, throwOnEndOfStream: false);
        if (read < 4 || !header.StartsWith("\u007FELF"u8))
        {
            return "not a shared library (no ELF header)";
        }

        if (read < HeaderSize)
        {
            return Truncated;
        }

        int machine = BinaryPrimitives.ReadUInt16LittleEndian(header[18..]);
        if (header[4] != 2 || header[5] != 1 || machine != ExpectedMachine)
        {
            IsForeign = true;
            return $"wrong architecture (ELF machine {machine}, {(header[4] == 2 ? 64 : 32)}-bit)";
        }

        int type = BinaryPrimitives.ReadUInt16LittleEndian(header[16..]);
        if (type != SharedObject)
        {
            return $"not a shared library (ELF type {type})";
        }

        long tableOffset = BinaryPrimitives.ReadInt64LittleEndian(header[32..]);
        int entrySize = BinaryPrimitives.ReadUInt16LittleEndian(header[54..]);
        int entries = BinaryPrimitives.ReadUInt16LittleEndian(header[56..]);
        if (entrySize < ProgramHeaderSize || tableOffset < HeaderSize)
        {
            return "not a shared library (damaged ELF header)";
        }

        if (!AllSectionsFit(stream, header))
        {
            return $"{Truncated}: a section ends after byte {stream.Length}";
        }

        return ReadSegments(stream, tableOffset, entrySize, entries) ?? ReadDynamic(stream);
    }

    /// <summary>Whether the file contains all sections. This detects a missing end that no segment covers.</summary>
    private static bool AllSectionsFit(FileStream stream, ReadOnlySpan<byte> header)
    {
        long offset = BinaryPrimitives.ReadInt64LittleEndian(header[40..]);
        int entrySize = BinaryPrimitives.ReadUInt16LittleEndian(header[58..]);
        int entries = BinaryPrimitives.ReadUInt16LittleEndian(header[60..]);
        if (entries == 0 || entrySize < SectionHeaderSize)
        {
            // Sections are optional in a library.
            return true;
        }

        if (!Fits(stream, offset, (long)entries * entrySize))
        {
            return false;
        }

        byte[] table = ReadBytes(stream, offset, (long)entries * entrySize);
        for (int i = 0; i < entries; i++)
        {
            ReadOnlySpan<byte> section = table.AsSpan(i * entrySize, SectionHeaderSize);
            bool inFile = BinaryPrimitives.ReadInt32LittleEndian(section[4..]) is not (UnusedSection or SectionWithoutBytes);
            if (inFile && !Fits(
                stream, BinaryPrimitives.ReadInt64LittleEndian(section[24..]), BinaryPrimitives.ReadInt64LittleEndian(section[32..])))
            {
                return false;
            }
        }

        return true;
    }

    private string? ReadSegments(FileStream stream, long tableOffset, int entrySize, int entries)
    {
        if (!Fits(stream, tableOffset, (long)entrySize * entries))
        {
            return Truncated;
        }

        Span<byte> entry = stackalloc byte[ProgramHeaderSize];
        for (int i = 0; i < entries; i++)
        {
            stream.Position = tableOffset + ((long)i * entrySize);
            stream.ReadExactly(entry);
            var segment = new Segment(
                BinaryPrimitives.ReadInt32LittleEndian(entry),
                BinaryPrimitives.ReadInt64LittleEndian(entry[8..]),
                BinaryPrimitives.ReadInt64LittleEndian(entry[16..]),
                BinaryPrimitives.ReadInt64LittleEndian(entry[32..]));
            if (segment.Type is LoadableSegment or DynamicSegment && !Fits(stream, segment.Offset, segment.Size))
            {
                return $"{Truncated}: a segment of {segment.Size} bytes begins at byte {segment.Offset} of {stream.Length}";
            }

            _segments.Add(segment);
        }

        return null;
    }

    private string? ReadDynamic(FileStream stream)
    {
        const string Damaged = "not a shared library (damaged dynamic section)";
        int index = _segments.FindIndex(segment => segment.Type == DynamicSegment);
        if (index < 0 || !IsTableSize(_segments[index].Size))
        {
            return Damaged;
        }

        byte[] table = ReadBytes(stream, _segments[index].Offset, _segments[index].Size);
        var values = new List<(long Tag, long Value)>();
        for (int at = 0; at + DynamicEntrySize <= table.Length; at += DynamicEntrySize)
        {
            values.Add(
                (BinaryPrimitives.ReadInt64LittleEndian(table.AsSpan(at)), BinaryPrimitives.ReadInt64LittleEndian(table.AsSpan(at + 8))));
            if (values[^1].Tag == 0)
            {
                break;
            }
        }

        long address = values.Find(entry => entry.Tag == StringTableTag).Value;
        long size = values.Find(entry => entry.Tag == StringTableSizeTag).Value;
        Segment home = _segments.Find(segment =>
            segment.Type == LoadableSegment && address >= segment.Address && address - segment.Address <= segment.Size - size);
        if (home.Size == 0 || !IsTableSize(size))
        {
            return Damaged;
        }

        byte[] names = ReadBytes(stream, home.Offset + (address - home.Address), size);
        Needed = [.. values.Where(entry => entry.Tag == NeededTag).Select(entry => TextAt(names, entry.Value))];
        Soname = values.Where(entry => entry.Tag == SonameTag).Select(entry => TextAt(names, entry.Value)).FirstOrDefault();
        return null;
    }

    private readonly record struct Segment(int Type, long Offset, long Address, long Size);
}

using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace GmmNative.Interop.Loading;

/// <summary>
/// Checks a Windows library before it is loaded. Windows itself rejects damaged files, but with the same error number for all kinds of
/// damage, and it may show a dialog on an unattended machine.
/// </summary>
internal sealed class PeFile : LibraryFile
{
    private const int DosHeaderSize = 64;
    private const int PeHeaderSize = 24;
    private const int MinimumOptionalHeader = 112;
    private const int DirectorySize = 8;
    private const int SectionHeaderSize = 40;
    private const int ImportSize = 20;
    private const int MaximumNameLength = 260;
    private const int Wide = 0x20B;
    private const int Library = 0x2000;
    private const int ImportDirectory = 1;
    private const int SignatureDirectory = 4;

    private readonly List<Section> _sections = [];

    private PeFile()
    {
    }

    /// <summary>Examines a file.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static new PeFile Read(string path) => Read(path, new PeFile());

    private static int ExpectedMachine => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => 0x8664,
        Architecture.Arm64 => 0xAA64,
        _ => -1,
    };

    protected override string? Examine(FileStream stream)
    {
        Span<byte> dos = stackalloc byte[DosHeaderSize];
        int read = stream.ReadAtLeast(dos, DosHeaderSize, throwOnEndOfStream: false);
        if (!dos[..read].StartsWith("MZ"u8))
        {
            return "not a shared library (no PE header)";
        }

        // The offset of the PE header. A DOS program precedes it.
        uint start = read < DosHeaderSize ? uint.MaxValue : BinaryPrimitives.ReadUInt32LittleEndian(dos[60..]);
        if (!Fits(stream, start, PeHeaderSize))
        {
            return Truncated;
        }

        byte[] header = ReadBytes(stream, start, PeHeaderSize);
        if (!header.AsSpan().StartsWith("PE\0\0"u8))
        {
            return "not a shared library (no PE header)";
        }

        int machine = BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(4));
        if (machine != ExpectedMachine)
        {
            IsForeign = true;
            return $"wrong architecture (PE machine 0x{machine:X4})";
        }

        if ((BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(22)) & Library) == 0)
        {
            return "not a shared library (a program)";
        }

        int sections = BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(6));
        int optionalSize = BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(20));
        long optionalStart = start + PeHeaderSize;
        if (!Fits(stream, optionalStart, optionalSize + ((long)sections * SectionHeaderSize)))
        {
            return Truncated;
        }

        byte[] optional = ReadBytes(stream, optionalStart, optionalSize);
        if (optionalSize < MinimumOptionalHeader || BinaryPrimitives.ReadUInt16LittleEndian(optional) != Wide)
        {
            return "not a shared library (damaged PE header)";
        }

        return ReadSections(stream, optionalStart + optionalSize, sections)
            ?? CheckSignature(stream, optional)
            ?? ReadImports(stream, DirectoryOf(optional, ImportDirectory));
    }

    private string? ReadSections(FileStream stream, long start, int count)
    {
        byte[] table = ReadBytes(stream, start, (long)count * SectionHeaderSize);
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> entry = table.AsSpan(i * SectionHeaderSize, SectionHeaderSize);
            var section = new Section(
                BinaryPrimitives.ReadUInt32LittleEndian(entry[12..]),
                BinaryPrimitives.ReadUInt32LittleEndian(entry[20..]),
                BinaryPrimitives.ReadUInt32LittleEndian(entry[16..]));
            if (!Fits(stream, section.Offset, section.Size))
            {
                return $"{Truncated}: a section of {section.Size} bytes begins at byte {section.Offset} of {stream.Length}";
            }

            _sections.Add(section);
        }

        return null;
    }

    /// <summary>
    /// Checks the signature, which follows all other data and is not loaded. This detects a missing end that no section covers.
    /// </summary>
    private static string? CheckSignature(FileStream stream, ReadOnlySpan<byte> optional)
    {
        // The only directory whose location is an offset in the file.
        (uint offset, uint size) = DirectoryOf(optional, SignatureDirectory);
        return Fits(stream, offset, size) ? null : $"{Truncated}: its signature ends after byte {stream.Length}";
    }

    private string? ReadImports(FileStream stream, (uint Address, uint Size) directory)
    {
        if (directory.Address == 0)
        {
            // Imports are optional in a library.
            return null;
        }

        const string Damaged = "not a shared library (damaged import table)";
        if (!IsTableSize(directory.Size) || BytesFrom(stream, directory.Address, directory.Size) is not { } table)
        {
            return Damaged;
        }

        var needed = new List<string>();
        for (int at = 0; at + ImportSize <= table.Length; at += ImportSize)
        {
            // The table ends with an entry of zeros.
            uint name = BinaryPrimitives.ReadUInt32LittleEndian(table.AsSpan(at + 12));
            if (name == 0)
            {
                break;
            }

            if (BytesFrom(stream, name, MaximumNameLength) is not { } text)
            {
                return Damaged;
            }

            needed.Add(TextAt(text, 0));
        }

        Needed = needed;
        return null;
    }

    /// <summary>
    /// Reads bytes at an address, up to the end of its section. Returns <see langword="null"/> if no section contains the address.
    /// </summary>
    private byte[]? BytesFrom(FileStream stream, uint address, uint maximum)
    {
        Section home = _sections.Find(section => address >= section.Address && address - section.Address < section.Size);
        uint skipped = address - home.Address;
        return home.Size == 0 ? null : ReadBytes(stream, home.Offset + (long)skipped, Math.Min(home.Size - skipped, maximum));
    }

    /// <summary>Returns the location and size of a table, or zeros if the file does not have it.</summary>
    private static (uint Place, uint Size) DirectoryOf(ReadOnlySpan<byte> optional, int index)
    {
        int at = MinimumOptionalHeader + (index * DirectorySize);
        uint count = BinaryPrimitives.ReadUInt32LittleEndian(optional[(MinimumOptionalHeader - 4)..]);
        return index < count && at + DirectorySize <= optional.Length
            ? (BinaryPrimitives.ReadUInt32LittleEndian(optional[at..]), BinaryPrimitives.ReadUInt32LittleEndian(optional[(at + 4)..]))
            : (0, 0);
    }

    private readonly record struct Section(uint Address, uint Offset, uint Size);
}

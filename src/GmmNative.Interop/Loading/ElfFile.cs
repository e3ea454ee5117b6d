using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace GmmNative.Interop;

/// <summary>
/// A look at the head of a Linux shared library before it is loaded: the system's loader maps a file that was cut short and
/// then dies of a bus error, taking the process along.
/// </summary>
internal static class ElfFile
{
    private const int HeaderSize = 64;
    private const int ProgramHeaderSize = 56;
    private const int LoadableSegment = 1;

    /// <summary>Why the file cannot be loaded into this process, or <see langword="null"/> when nothing speaks against it.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static string? ProblemOf(string path)
    {
        using FileStream file = File.OpenRead(path);
        Span<byte> header = stackalloc byte[HeaderSize];
        int read = file.ReadAtLeast(header, HeaderSize, throwOnEndOfStream: false);
        if (read == 0)
        {
            return "the file is empty";
        }

        if (read < 4 || !header.StartsWith("\u007FELF"u8))
        {
            return "not a shared library (no ELF header)";
        }

        if (read < HeaderSize)
        {
            return "the file is truncated";
        }

        int machine = BinaryPrimitives.ReadUInt16LittleEndian(header[18..]);
        if (header[4] != 2 || header[5] != 1 || machine != ExpectedMachine)
        {
            return $"wrong architecture (ELF machine {machine}, {(header[4] == 2 ? 64 : 32)}-bit)";
        }

        long tableOffset = BinaryPrimitives.ReadInt64LittleEndian(header[32..]);
        int entrySize = BinaryPrimitives.ReadUInt16LittleEndian(header[54..]);
        int entries = BinaryPrimitives.ReadUInt16LittleEndian(header[56..]);
        if (entrySize < ProgramHeaderSize || tableOffset < HeaderSize)
        {
            return "not a shared library (damaged ELF header)";
        }

        Span<byte> segment = stackalloc byte[ProgramHeaderSize];
        for (int i = 0; i < entries; i++)
        {
            file.Position = tableOffset + ((long)i * entrySize);
            if (file.ReadAtLeast(segment, ProgramHeaderSize, throwOnEndOfStream: false) < ProgramHeaderSize)
            {
                return "the file is truncated";
            }

            ulong start = BinaryPrimitives.ReadUInt64LittleEndian(segment[8..]);
            ulong size = BinaryPrimitives.ReadUInt64LittleEndian(segment[32..]);
            ulong length = (ulong)file.Length;
            if (BinaryPrimitives.ReadInt32LittleEndian(segment) == LoadableSegment && (size > length || start > length - size))
            {
                return $"the file is truncated: a segment of {size} bytes begins at byte {start} of {length}";
            }
        }

        return null;
    }

    private static int ExpectedMachine => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => 62,
        Architecture.Arm64 => 183,
        _ => -1,
    };
}

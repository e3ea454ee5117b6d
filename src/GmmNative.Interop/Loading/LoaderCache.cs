using System.Buffers.Binary;
using System.Text;

namespace GmmNative.Interop.Loading;

/// <summary>The list of libraries of the Linux loader, <c>/etc/ld.so.cache</c>.</summary>
internal static class LoaderCache
{
    // The format of glibc's dl-cache.h: magic and version, the number of libraries at 20, and from 48 on 24 bytes per library: flags, name,
    // path, version of the system, processor features. Names and paths are offsets from the magic to zero-terminated strings.
    private const int CountOffset = 20;
    private const int EntriesOffset = 48;
    private const int EntrySize = 24;

    /// <summary>
    /// Returns the files for a name in the order of the list. Returns none if the list does not exist or has another format.
    /// </summary>
    public static IEnumerable<string> PathsOf(string name, string cacheFile = "/etc/ld.so.cache")
    {
        byte[] bytes;
        try
        {
            bytes = File.Exists(cacheFile) ? File.ReadAllBytes(cacheFile) : [];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Without the list, the file cannot be checked here; the system's loader searches for it.
            return [];
        }

        // A list in the old format may precede the new one.
        int start = bytes.AsSpan().IndexOf("glibc-ld.so.cache1.1"u8);
        return start < 0 ? [] : PathsOf(bytes.AsMemory(start), name);
    }

    private static IEnumerable<string> PathsOf(ReadOnlyMemory<byte> cache, string name)
    {
        if (cache.Length < EntriesOffset)
        {
            yield break;
        }

        byte[] wanted = Encoding.UTF8.GetBytes(name);
        uint count = BinaryPrimitives.ReadUInt32LittleEndian(cache.Span[CountOffset..]);
        for (uint i = 0; i < count && EntriesOffset + ((i + 1L) * EntrySize) <= cache.Length; i++)
        {
            ReadOnlyMemory<byte> entry = cache.Slice((int)(EntriesOffset + (i * EntrySize)), EntrySize);

            // Variants for newer processors are skipped: the generic variant always exists beside them.
            bool plain = BinaryPrimitives.ReadUInt64LittleEndian(entry.Span[16..]) == 0;
            if (plain && TextAt(cache.Span, BinaryPrimitives.ReadUInt32LittleEndian(entry.Span[4..])).SequenceEqual(wanted))
            {
                yield return Encoding.UTF8.GetString(TextAt(cache.Span, BinaryPrimitives.ReadUInt32LittleEndian(entry.Span[8..])));
            }
        }
    }

    private static ReadOnlySpan<byte> TextAt(ReadOnlySpan<byte> cache, uint offset)
    {
        if (offset >= cache.Length)
        {
            return [];
        }

        ReadOnlySpan<byte> rest = cache[(int)offset..];
        int end = rest.IndexOf((byte)0);
        return end < 0 ? rest : rest[..end];
    }
}

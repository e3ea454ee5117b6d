using System.IO.Compression;

namespace GmmNative.Fuzz;

/// <summary>Gzip: kept files with bytes changed, and changed contents packed anew, in one member or several.</summary>
internal sealed class GzipMutator : IMutator
{
    private const int MostUnpacked = 1 << 20;

    /// <inheritdoc/>
    public byte[] Mutate(Corpus corpus, Random random)
    {
        byte[] file = corpus.Any(random);
        if (random.OnceIn(2) || TryUnpack(file) is not byte[] contents)
        {
            return ByteMutator.Change(file, corpus, random);
        }

        byte[] packed = Pack(random.OnceIn(4) ? contents : ByteMutator.Change(contents, corpus, random));
        return random.Next(6) switch
        {
            0 => [.. packed, .. packed],
            1 => packed[..random.Next(packed.Length + 1)],
            2 => Pack(packed),
            3 => [.. packed, .. new byte[random.Next(1, 20)]],
            _ => packed,
        };
    }

    private static byte[] Pack(byte[] contents)
    {
        using MemoryStream packed = new();
        using (GZipStream stream = new(packed, CompressionLevel.Fastest))
        {
            stream.Write(contents);
        }

        return packed.ToArray();
    }

    /// <summary>What is in a file, or <see langword="null"/> where it is damaged.</summary>
    private static byte[]? TryUnpack(byte[] file)
    {
        byte[] contents = new byte[MostUnpacked];
        try
        {
            using GZipStream stream = new(new MemoryStream(file), CompressionMode.Decompress);
            return contents[..stream.ReadAtLeast(contents, contents.Length, throwOnEndOfStream: false)];
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}

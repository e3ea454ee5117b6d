using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace GmmNative.Fuzz;

/// <summary>Archives of arrays: kept ones with fields of their records changed, and forged ones with lies at every level.</summary>
internal sealed class ZipMutator : IMutator
{
    private static readonly uint[] Marks = [0x04034B50, 0x02014B50, 0x06054B50, 0x06064B50, 0x07064B50];
    private static readonly string[] Names =
    [
        "weights", "means", "covariances", "covariance_type", "block_size", "format_version", "x", "weights", "weight_concentration",
        "mean_precision", "degrees_of_freedom", "weight_concentration_prior_type",
    ];

    /// <inheritdoc/>
    public byte[] Mutate(Corpus corpus, Random random) => random.Next(4) switch
    {
        0 => ByteMutator.Change(corpus.Any(random), corpus, random),
        1 => ChangeRecords([.. corpus.Any(random)], random),
        _ => Forge(random),
    };

    /// <summary>Puts awkward numbers into the records of an archive, at any of their fields.</summary>
    private static byte[] ChangeRecords(byte[] file, Random random)
    {
        List<int> records = [];
        for (int i = 0; i + sizeof(uint) <= file.Length; i++)
        {
            if (Marks.Contains(BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(i))))
            {
                records.Add(i);
            }
        }

        int changes = random.Next(1, 4);
        for (int i = 0; i < changes && records.Count > 0; i++)
        {
            int place = random.Pick(records) + (2 * random.Next(2, 28));
            byte[] number = BitConverter.GetBytes(random.Awkward());
            int size = random.Pick([2, 4, 8]);
            number.AsSpan(0, Math.Clamp(file.Length - place, 0, size)).CopyTo(file.AsSpan(Math.Min(place, file.Length)));
        }

        return file;
    }

    private static byte[] Forge(Random random)
    {
        using ZipForger forger = new(random, random.Pick([20, 60, int.MaxValue]));
        bool deflate = random.OnceIn(2);
        bool large = random.OnceIn(4);
        ulong count = (ulong)random.Next(1, 5);
        ulong dimension = (ulong)random.Next(1, 5);
        ulong? huge = random.OnceIn(20) ? (ulong)random.Next(1, 1 << 12) : null;
        foreach ((string name, byte[] array) in Model(random, count, huge ?? dimension, full: random.OnceIn(2) && huge is null))
        {
            if (!random.OnceIn(40))
            {
                forger.Add(name + (random.OnceIn(100) ? "" : ".npy"), array, random.OnceIn(8) != deflate, large);
            }

            if (random.OnceIn(40))
            {
                forger.Add(random.Pick(Names) + ".npy", NpyMutator.Make(random, "<f8", [count, dimension]), deflate, large);
            }
        }

        return forger.Finish(random.OnceIn(8) || large);
    }

    private static IEnumerable<(string Name, byte[] Array)> Model(Random random, ulong count, ulong dimension, bool full)
    {
        double[] weights = [.. Enumerable.Repeat(1.0 / count, (int)count)];
        double[] means = [.. Enumerable.Range(0, (int)(count * dimension)).Select(i => (double)i)];
        int size = (int)(full ? dimension * dimension : dimension);
        double[] covariances = new double[(int)count * size];
        for (int i = 0; i < covariances.Length; i++)
        {
            int entry = i % size;
            covariances[i] = !full || entry / (int)dimension == entry % (int)dimension ? 1 + random.NextDouble() : 0;
        }

        yield return ("weights", Array(random, [count], MemoryMarshal.AsBytes<double>(weights)));
        yield return ("means", Array(random, [count, dimension], MemoryMarshal.AsBytes<double>(means)));
        yield return (
            "covariances",
            Array(random, full ? [count, dimension, dimension] : [count, dimension], MemoryMarshal.AsBytes<double>(covariances)));
        if (random.OnceIn(2))
        {
            yield return ("covariance_type", Array(random, [], full ? "full"u8 : "diag"u8, "|S4"));
        }

        if (random.OnceIn(4))
        {
            yield return ("block_size", Array(random, [1], BitConverter.GetBytes(dimension), "<i8"));
        }

        if (random.OnceIn(4))
        {
            yield return ("format_version", NpyMutator.Make(random, "<i8", []));
        }
    }

    /// <summary>An array with its bytes, mostly honest.</summary>
    private static byte[] Array(Random random, ulong[] shape, ReadOnlySpan<byte> values, string type = "<f8")
    {
        if (random.OnceIn(25))
        {
            return NpyMutator.Make(random, type, shape);
        }

        string comma = shape.Length == 1 ? "," : "";
        string text = $"{{'descr': '{type}', 'fortran_order': False, 'shape': ({string.Join(", ", shape)}{comma}), }}\n";
        byte[] header = System.Text.Encoding.ASCII.GetBytes(text);
        byte[] array =
        [
            0x93, .. "NUMPY"u8, 1, 0, .. BitConverter.GetBytes((ushort)header.Length), .. header, .. values,
        ];
        return random.OnceIn(25) ? NpyMutator.Change(array, random) : array;
    }
}

using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace GmmNative.Fuzz;

/// <summary>Arrays of NumPy with headers and sizes that may lie.</summary>
internal sealed class NpyMutator : IMutator
{
    private static readonly string[] Types =
    [
        "<f8", "<f8", "<f8", "<f4", ">f8", "<f2", "|b1", "|i1", "|u1", "<i8", ">u8", "<i4", ">i2", "<U4", "|S3", "<U0", "|O", "<c16",
        "<M8[s]", "=f8",
        "f8", "", "<", "<f8\0", "<f 8", "<f+8", "<f-8", "<f16", "<f99999999999", "<U536870912", "\u00e9",
    ];

    /// <inheritdoc/>
    public byte[] Mutate(Corpus corpus, Random random) => random.Next(3) switch
    {
        0 => ByteMutator.Change(corpus.Any(random), corpus, random),
        1 => Change(corpus.Any(random), random),
        _ => Make(random, random.Pick(Types), MakeShape(random)),
    };

    /// <summary>An array of a type and a shape, mostly with as many bytes as they take.</summary>
    public static byte[] Make(Random random, string type, IReadOnlyList<ulong> shape)
    {
        string sizes = string.Join(random.OnceIn(20) ? "," : ", ", shape.Select(n => random.OnceIn(15) ? $"{n}L" : Format(n)));
        string comma = shape.Count == 1 || random.OnceIn(10) ? "," : "";
        string order = random.OnceIn(3) ? "True" : "False";
        string text = $"{{'descr': '{type}', 'fortran_order': {order}, 'shape': ({sizes}{comma}), }}";
        if (random.OnceIn(4))
        {
            text = ChangeText(text, random);
        }

        int version = random.OnceIn(10) ? random.Next(5) : random.OnceIn(4) ? 2 : 1;
        byte[] header = Encoding.Latin1.GetBytes(text + (random.OnceIn(4) ? "\n" : new string(' ', random.Next(64)) + "\n"));
        long claimed = random.OnceIn(12) ? (long)(random.Awkward((ulong)header.Length) & uint.MaxValue) : header.Length;
        byte[] length = new byte[version == 1 ? sizeof(ushort) : sizeof(uint)];
        if (version == 1)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(length, (ushort)claimed);
        }
        else
        {
            BinaryPrimitives.WriteUInt32LittleEndian(length, (uint)claimed);
        }

        return [0x93, .. "NUMPY"u8, (byte)version, 0, .. length, .. header, .. MakeData(random, type, shape)];
    }

    /// <summary>Changes the header of an array and leaves the rest.</summary>
    public static byte[] Change(byte[] file, Random random)
    {
        int end = Array.IndexOf(file, (byte)'\n');
        int start = Array.IndexOf(file, (byte)'{');
        if (start < 0 || end < start)
        {
            return file;
        }

        string text = Encoding.Latin1.GetString(file, start, end - start);
        byte[] changed = Encoding.Latin1.GetBytes(ChangeText(text.TrimEnd(), random).PadRight(end - start));
        byte[] head = file[..start];
        if (changed.Length != end - start && start >= 10 && !random.OnceIn(4))
        {
            BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(8), (ushort)(changed.Length + 1));
        }

        return [.. head, .. changed, .. file[end..]];
    }

    private static string ChangeText(string text, Random random)
    {
        int place = random.Next(text.Length);
        return random.Next(7) switch
        {
            0 => text.Remove(place, 1),
            1 => text.Insert(place, random.Pick([",", ":", "'", "\"", "(", ")", "{", "}", "L", "\0", "\n", "9", "-1", " ", "[", "\u00ff"])),
            2 => Replace(text, "'shape': (", Format(random.Awkward()) + ", "),
            3 => Replace(text, "'descr': '", random.Pick(Types) + "', 'x': '"),
            4 => text.Replace(
                random.Pick(["descr", "shape", "fortran_order", "False", "True"]), random.Pick(["descr", "shape", "True", "false", ""]),
                StringComparison.Ordinal),
            5 => Replace(text, "'shape': (", string.Concat(Enumerable.Repeat("1, ", random.Next(80)))),
            _ => text[..place],
        };
    }

    private static string Replace(string text, string after, string with)
    {
        int place = text.IndexOf(after, StringComparison.Ordinal);
        return place < 0 ? text : text.Insert(place + after.Length, with);
    }

    private static List<ulong> MakeShape(Random random)
    {
        List<ulong> shape = [];
        int count = random.OnceIn(8) ? random.Next(70) : 2;
        for (int i = 0; i < count; i++)
        {
            shape.Add(random.OnceIn(6) ? random.Awkward() : (ulong)random.Next(1, 6));
        }

        return shape;
    }

    private static byte[] MakeData(Random random, string type, IReadOnlyList<ulong> shape)
    {
        int size = type.Length > 0 && char.IsAsciiDigit(type[^1]) ? Math.Max(1, type[^1] - '0') : 8;
        double wanted = shape.Aggregate((double)size, (a, b) => a * b);
        byte[] data = new byte[wanted < 1 << 14 ? (int)wanted + (random.OnceIn(6) ? random.Next(9) : 0) : random.Next(256)];
        if (random.OnceIn(2))
        {
            random.NextBytes(data);
        }

        return data;
    }

    private static string Format(ulong n) =>
        IsNegative(n) ? ((long)n).ToString(CultureInfo.InvariantCulture) : n.ToString(CultureInfo.InvariantCulture);

    // Half of what is beyond a long is written as the negative number of the same bits.
    private static bool IsNegative(ulong n) => n > long.MaxValue && (n & 1) == 0;
}

using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace GmmNative.Fuzz;

/// <summary>Writes zip archives whose fields may lie: one field in some hundred is awkward.</summary>
/// <param name="random">Decides.</param>
/// <param name="lieOnceIn">How rare lies are; <see cref="int.MaxValue"/> for an honest archive.</param>
internal sealed class ZipForger(Random random, int lieOnceIn) : IDisposable
{
    private const ushort Deflated = 8;

    private readonly MemoryStream _file = new();
    private readonly MemoryStream _directory = new();
    private int _count;

    /// <summary>Adds a member.</summary>
    public void Add(string name, byte[] data, bool deflate, bool large)
    {
        byte[] packed = deflate ? Deflate(data) : data;
        byte[] encoded = Encoding.Latin1.GetBytes(name);
        ulong start = (ulong)_file.Length;
        uint checksum = Lie(0, Checksum(data));
        ushort method = Lie16(deflate ? Deflated : (ushort)0);
        ushort flags = random.Next(lieOnceIn) == 0 ? (ushort)random.Next(1 << 16) : (ushort)0;

        byte[] local = Extra(large, (ulong)data.Length, (ulong)packed.Length, null);
        Write(_file, 0x04034B50u, (ushort)20, flags, Lie16(method), 0u, checksum, Size(large, packed.Length), Size(large, data.Length));
        Write(_file, Lie16((ushort)encoded.Length), Lie16((ushort)local.Length));
        _file.Write(encoded);
        _file.Write(local);
        _file.Write(packed, 0, random.Next(lieOnceIn) == 0 ? random.Next(packed.Length + 1) : packed.Length);

        byte[] central = Extra(large, (ulong)data.Length, (ulong)packed.Length, start);
        Write(
            _directory, 0x02014B50u, (ushort)20, (ushort)20, flags, method, 0u, checksum, Size(large, packed.Length),
            Size(large, data.Length));
        Write(_directory, Lie16((ushort)encoded.Length), Lie16((ushort)central.Length), Lie16(0), Lie16(0), (ushort)0, 0u);
        Write(_directory, large ? uint.MaxValue : Lie(start, (uint)start));
        _directory.Write(encoded);
        _directory.Write(central);
        _count++;
    }

    /// <summary>The archive with its directory and its end.</summary>
    public byte[] Finish(bool large)
    {
        ulong start = (ulong)_file.Length;
        ulong length = (ulong)_directory.Length;
        _directory.WriteTo(_file);
        if (large)
        {
            ulong end = (ulong)_file.Length;
            Write(_file, 0x06064B50u, 44UL, (ushort)45, (ushort)45, Lie(0, 0), Lie(0, 0));
            Write(_file, Lie64((ulong)_count), Lie64((ulong)_count), Lie64(length), Lie64(start));
            Write(_file, Lie(0, 0x07064B50u), 0u, Lie64(end), 1u);
        }

        ushort count = large ? ushort.MaxValue : Lie16((ushort)_count);
        Write(_file, 0x06054B50u, (ushort)0, (ushort)0, count, count, large ? uint.MaxValue : Lie(length, (uint)length));
        Write(_file, large ? uint.MaxValue : Lie(start, (uint)start), Lie16(0));
        return _file.ToArray();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _file.Dispose();
        _directory.Dispose();
    }

    /// <summary>The CRC-32 that zip records.</summary>
    private static uint Checksum(byte[] data)
    {
        uint state = uint.MaxValue;
        foreach (byte value in data)
        {
            state ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                state = (state & 1) == 0 ? state >> 1 : (state >> 1) ^ 0xEDB88320;
            }
        }

        return ~state;
    }

    private static byte[] Deflate(byte[] data)
    {
        using MemoryStream packed = new();
        using (DeflateStream stream = new(packed, CompressionLevel.Fastest))
        {
            stream.Write(data);
        }

        return packed.ToArray();
    }

    private byte[] Extra(bool large, ulong length, ulong packedLength, ulong? start)
    {
        using MemoryStream extra = new();
        if (random.Next(lieOnceIn) == 0)
        {
            Write(extra, Lie16(0x5455), Lie16(4), 0u);
        }

        if (large)
        {
            Write(extra, (ushort)1, Lie16((ushort)(start is null ? 16 : 24)), Lie64(length), Lie64(packedLength));
            if (start is ulong place)
            {
                Write(extra, Lie64(place));
            }
        }

        return extra.ToArray();
    }

    private uint Size(bool large, int size) => large ? uint.MaxValue : Lie((ulong)size, (uint)size);

    private uint Lie(ulong near, uint truth) => random.Next(lieOnceIn) == 0 ? (uint)random.Awkward(near) : truth;

    private ushort Lie16(ushort truth) => random.Next(lieOnceIn) == 0 ? (ushort)random.Awkward(truth) : truth;

    private ulong Lie64(ulong truth) => random.Next(lieOnceIn) == 0 ? random.Awkward(truth) : truth;

    private static void Write(MemoryStream stream, params object[] fields)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        foreach (object field in fields)
        {
            switch (field)
            {
                case ushort number:
                    BinaryPrimitives.WriteUInt16LittleEndian(bytes, number);
                    stream.Write(bytes[..sizeof(ushort)]);
                    break;
                case uint number:
                    BinaryPrimitives.WriteUInt32LittleEndian(bytes, number);
                    stream.Write(bytes[..sizeof(uint)]);
                    break;
                case ulong number:
                    BinaryPrimitives.WriteUInt64LittleEndian(bytes, number);
                    stream.Write(bytes[..sizeof(ulong)]);
                    break;
                default:
                    throw new ArgumentException($"{field.GetType()} is no field of a zip archive.", nameof(fields));
            }
        }
    }
}

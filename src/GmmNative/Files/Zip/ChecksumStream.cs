using System.Buffers.Binary;

namespace GmmNative.Files.Zip;

/// <summary>Reads from another stream and computes the CRC-32 of the data, as stored in zip files.</summary>
/// <param name="inner">The other stream, which this stream owns and disposes.</param>
internal sealed class ChecksumStream(Stream inner) : ReadOnlyStream
{
    // Table t contains the effect of a byte on the checksum after t zero bytes have followed it, so that eight bytes are processed at once.
    private const int BytesAtOnce = 8;
    private const int TableLength = 256;

    private static readonly uint[] Tables = MakeTables();
    private uint _state = uint.MaxValue;

    /// <summary>The checksum of the bytes read so far.</summary>
    public uint Checksum => ~_state;

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        int read = inner.Read(buffer);
        _state = Update(_state, buffer[..read]);
        return read;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private static uint Update(uint state, ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<uint> tables = Tables;
        for (; bytes.Length >= BytesAtOnce; bytes = bytes[BytesAtOnce..])
        {
            ulong eight = BinaryPrimitives.ReadUInt64LittleEndian(bytes) ^ state;
            state = 0;
            for (int t = BytesAtOnce - 1; t >= 0; t--, eight >>= 8)
            {
                state ^= tables[(t * TableLength) + (byte)eight];
            }
        }

        foreach (byte b in bytes)
        {
            state = tables[(byte)(state ^ b)] ^ (state >> 8);
        }

        return state;
    }

    private static uint[] MakeTables()
    {
        // The reflected polynomial of IEEE 802.3.
        const uint polynomial = 0xEDB88320;
        uint[] tables = new uint[BytesAtOnce * TableLength];
        for (uint i = 0; i < TableLength; i++)
        {
            uint value = i;
            for (int bit = 0; bit < 8; bit++)
            {
                value = (value & 1) == 0 ? value >> 1 : (value >> 1) ^ polynomial;
            }

            tables[i] = value;
        }

        for (int i = TableLength; i < tables.Length; i++)
        {
            uint before = tables[i - TableLength];
            tables[i] = tables[(byte)before] ^ (before >> 8);
        }

        return tables;
    }
}

namespace GmmNative.Files;

/// <summary>Reads through to another stream and keeps the CRC-32 of what came, as zip files record it.</summary>
/// <param name="inner">The stream; disposed with this one.</param>
internal sealed class ChecksumStream(Stream inner) : ReadOnlyStream
{
    private static readonly uint[] Table = MakeTable();
    private uint _state = uint.MaxValue;

    /// <summary>The checksum of the bytes read so far.</summary>
    public uint Checksum => ~_state;

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        int read = inner.Read(buffer);
        uint state = _state;
        foreach (byte b in buffer[..read])
        {
            state = Table[(byte)(state ^ b)] ^ (state >> 8);
        }

        _state = state;
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

    private static uint[] MakeTable()
    {
        // The reflected polynomial of IEEE 802.3.
        const uint polynomial = 0xEDB88320;
        uint[] table = new uint[256];
        for (uint i = 0; i < table.Length; i++)
        {
            uint value = i;
            for (int bit = 0; bit < 8; bit++)
            {
                value = (value & 1) == 0 ? value >> 1 : (value >> 1) ^ polynomial;
            }

            table[i] = value;
        }

        return table;
    }
}

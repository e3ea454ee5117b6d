namespace GmmNative.Files.Bytes;

/// <summary>The bytes of a stream, kept in memory.</summary>
internal sealed class MemoryBytes : ByteSource
{
    private const int BlockLength = 1 << 20;
    private const int BlocksBetweenChecks = 64;

    private readonly List<byte[]> _blocks;

    private MemoryBytes(List<byte[]> blocks, long length)
    {
        _blocks = blocks;
        Length = length;
    }

    /// <inheritdoc/>
    public override long Length { get; }

    /// <summary>Reads a stream to its end.</summary>
    /// <exception cref="Errors.FileProblemException">The bytes do not fit into the memory of this machine.</exception>
    public static MemoryBytes Load(Stream stream)
    {
        List<byte[]> blocks = [];
        long length = 0;
        while (true)
        {
            if (blocks.Count % BlocksBetweenChecks == 0)
            {
                AvailableMemory.Require(length, "the input");
            }

            byte[] block = new byte[BlockLength];
            int read = stream.ReadAtLeast(block, block.Length, throwOnEndOfStream: false);
            length += read;
            if (read < block.Length)
            {
                blocks.Add(block[..read]);
                return new MemoryBytes(blocks, length);
            }

            blocks.Add(block);
        }
    }

    /// <inheritdoc/>
    public override void Read(long offset, Span<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            (long block, long place) = Math.DivRem(offset, BlockLength);
            ReadOnlySpan<byte> from = _blocks[(int)block].AsSpan((int)place);
            int count = Math.Min(from.Length, bytes.Length);
            from[..count].CopyTo(bytes);
            bytes = bytes[count..];
            offset += count;
        }
    }
}

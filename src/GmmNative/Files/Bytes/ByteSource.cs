namespace GmmNative.Files.Bytes;

/// <summary>Bytes that can be read in any order, by several threads at the same time.</summary>
internal abstract class ByteSource
{
    /// <summary>The number of bytes.</summary>
    public abstract long Length { get; }

    /// <summary>Reads consecutive bytes, which must exist.</summary>
    /// <exception cref="VectorDataException">The bytes can no longer be read. The message names the file.</exception>
    public abstract void Read(long offset, Span<byte> bytes);
}

namespace GmmNative.Files.Bytes;

/// <summary>The bytes of a file of a pool, which opens the file when bytes are needed.</summary>
/// <param name="pool">The pool.</param>
/// <param name="path">The file.</param>
/// <param name="name">The name of the file in messages.</param>
/// <param name="length">The number of bytes.</param>
internal sealed class PooledBytes(FilePool pool, string path, string name, long length) : ByteSource
{
    /// <inheritdoc/>
    public override long Length => length;

    /// <inheritdoc/>
    public override void Read(long offset, Span<byte> bytes) => pool.Read(path, name, offset, bytes);
}

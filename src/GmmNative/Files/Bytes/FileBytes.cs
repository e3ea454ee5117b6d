namespace GmmNative.Files.Bytes;

/// <summary>The bytes of a file that stays open.</summary>
/// <param name="file">The file.</param>
/// <param name="name">The name of the file in messages.</param>
internal sealed class FileBytes(FileStream file, string name) : ByteSource
{
    /// <inheritdoc/>
    public override long Length { get; } = file.Length;

    /// <inheritdoc/>
    public override void Read(long offset, Span<byte> bytes) => HandleReading.Read(file.SafeFileHandle, name, offset, bytes);
}

using System.Buffers.Binary;
using GmmNative.Errors;

namespace GmmNative.Files.Zip;

/// <summary>A member of a zip archive, as described by the directory.</summary>
internal sealed class ZipMember
{
    // A byte of deflated data produces at most this many bytes of output. A member that claims more is invalid.
    private const long MaximumDeflateRatio = 1032;

    private const uint LocalMark = 0x04034B50;
    private const int LocalLength = 30;
    private const ushort Encrypted = 1;
    private const ushort Stored = 0;
    private const ushort Deflated = 8;

    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The zip flags.</summary>
    public required ushort Flags { get; init; }

    /// <summary>The zip number of the compression method.</summary>
    public required ushort Method { get; init; }

    /// <summary>The CRC-32 of the uncompressed bytes.</summary>
    public required uint Checksum { get; init; }

    /// <summary>The number of uncompressed bytes that the directory claims.</summary>
    public required long Length { get; init; }

    /// <summary>The number of bytes in the archive.</summary>
    public required long PackedLength { get; init; }

    /// <summary>The offset of the member's own header. The header and the compressed bytes lie before <see cref="End"/>.</summary>
    public required long Start { get; init; }

    /// <summary>The offset at which the members end and the directory starts.</summary>
    public required long End { get; init; }

    /// <summary>Opens the member for reading, uncompressed.</summary>
    /// <param name="archive">The archive, which must be seekable. It is not disposed with the result.</param>
    /// <exception cref="FileProblemException">The compression or encryption is not supported, or the sizes are impossible.</exception>
    public ChecksumStream Open(Stream archive)
    {
        if ((Flags & Encrypted) != 0)
        {
            throw new FileProblemException("it is encrypted; write it without a password.");
        }

        if (Method is not (Stored or Deflated))
        {
            throw new FileProblemException($"it is compressed by method {Method}; only stored and deflated members are supported.");
        }

        if (Method == Stored ? Length != PackedLength : Length / MaximumDeflateRatio > PackedLength)
        {
            throw new FileProblemException($"it claims {Length} bytes, but its {PackedLength} bytes in the archive cannot hold them.");
        }

        RangeStream packed = new(archive, FindData(archive), PackedLength);
        return new ChecksumStream(Method == Stored ? packed : new InflatedStream(packed));
    }

    /// <summary>Finds the compressed bytes, which follow a second header of variable length.</summary>
    private long FindData(Stream archive)
    {
        Span<byte> header = stackalloc byte[LocalLength];
        archive.Position = Start;
        if (archive.ReadAtLeast(header, LocalLength, throwOnEndOfStream: false) < LocalLength
            || BinaryPrimitives.ReadUInt32LittleEndian(header) != LocalMark)
        {
            throw Disagree();
        }

        byte[] name = new byte[BinaryPrimitives.ReadUInt16LittleEndian(header[26..])];
        long data = Start + LocalLength + name.Length + BinaryPrimitives.ReadUInt16LittleEndian(header[28..]);
        if (data > End - PackedLength
            || archive.ReadAtLeast(name, name.Length, throwOnEndOfStream: false) < name.Length
            || ZipDirectory.DecodeName(name, Flags) != Name
            || BinaryPrimitives.ReadUInt16LittleEndian(header[8..]) != Method)
        {
            throw Disagree();
        }

        return data;
    }

    private static FileProblemException Disagree() =>
        new("its header does not agree with the directory of the zip archive; copy or write the file again.");
}

using System.Buffers.Binary;
using GmmNative.Errors;

namespace GmmNative.Files.Zip;

/// <summary>One member of a zip archive, as the directory lists it.</summary>
internal sealed class ZipMember
{
    // No byte of deflated data can stand for more than this many bytes of output; a member that claims more is a lie.
    private const long MostDeflateRatio = 1032;

    private const uint LocalMark = 0x04034B50;
    private const int LocalLength = 30;
    private const ushort Encrypted = 1;
    private const ushort Stored = 0;
    private const ushort Deflated = 8;

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Zip's flags.</summary>
    public required ushort Flags { get; init; }

    /// <summary>Zip's number of the way it is packed.</summary>
    public required ushort Method { get; init; }

    /// <summary>The CRC-32 of its bytes, unpacked.</summary>
    public required uint Checksum { get; init; }

    /// <summary>Its bytes, unpacked, as the directory claims.</summary>
    public required long Length { get; init; }

    /// <summary>Its bytes in the archive.</summary>
    public required long PackedLength { get; init; }

    /// <summary>Where its own header starts; that and the packed bytes lie before <see cref="End"/>.</summary>
    public required long Start { get; init; }

    /// <summary>Where the members end and the directory starts.</summary>
    public required long End { get; init; }

    /// <summary>Starts reading its bytes, unpacked.</summary>
    /// <param name="archive">The archive; it can seek and is not disposed with the result.</param>
    /// <exception cref="FileProblemException">It is packed or protected in a way that is not supported, or its sizes cannot be.</exception>
    public ChecksumStream Open(Stream archive)
    {
        if ((Flags & Encrypted) != 0)
        {
            throw new FileProblemException("it is encrypted; write it without a password.");
        }

        if (Method is not (Stored or Deflated))
        {
            throw new FileProblemException($"it is compressed by method {Method}; stored and deflated members are read.");
        }

        if (Method == Stored ? Length != PackedLength : Length / MostDeflateRatio > PackedLength)
        {
            throw new FileProblemException($"it claims {Length} bytes, but its {PackedLength} bytes in the archive cannot hold them.");
        }

        RangeStream packed = new(archive, FindData(archive), PackedLength);
        return new ChecksumStream(Method == Stored ? packed : new InflatedStream(packed));
    }

    /// <summary>Where the packed bytes start: behind a second header, whose length only it tells.</summary>
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

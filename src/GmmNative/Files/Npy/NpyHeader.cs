using System.Buffers.Binary;
using System.Text;
using GmmNative.Errors;
using GmmNative.Files.Numbers;

namespace GmmNative.Files.Npy;

/// <summary>
/// The header of a NumPy array file (<c>.npy</c>, versions 1, 2 and 3). Vectors, arrays and the members of <c>.npz</c> files all use this
/// implementation of the format.
/// </summary>
/// <param name="ElementType">The type of an element.</param>
/// <param name="FortranOrder">Whether the first index varies fastest in the file.</param>
/// <param name="Shape">The dimensions; empty for a single number. None is negative, and their product, in bytes, fits in a long.</param>
internal sealed record NpyHeader(NpyElementType ElementType, bool FortranOrder, long[] Shape)
{
    // NumPy itself rejects headers over 10,000 bytes by default. Only types with named fields need longer headers.
    private const int MaximumHeaderLength = 1 << 16;
    private const int Alignment = 64;
    private const int PrefixLength = 8;

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Whether the order of the elements differs from C order.</summary>
    public bool IsColumnMajor => FortranOrder && Shape.Length > 1;

    /// <summary>The number of elements.</summary>
    public long ElementCount => Product(Shape, 1);

    /// <summary>The number of bytes of all elements.</summary>
    public long DataLength => Product(Shape, ElementType.Size);

    /// <summary>The shape as Python writes it.</summary>
    public string ShapeText => ArrayShape.Text(Shape);

    /// <summary>Whether bytes are the signature of a <c>.npy</c> file.</summary>
    public static bool IsStart(ReadOnlySpan<byte> bytes) => bytes.StartsWith(Magic);

    /// <summary>Reads a header and leaves the stream at the first element.</summary>
    /// <param name="stream">The array file from its start.</param>
    /// <param name="length">Receives the number of bytes read.</param>
    /// <exception cref="FileProblemException">The header is invalid or not supported.</exception>
    public static NpyHeader Read(Stream stream, out int length)
    {
        Span<byte> prefix = stackalloc byte[PrefixLength + sizeof(uint)];
        ReadPart(stream, prefix[..PrefixLength], "it is not a .npy file: it is too short");
        if (!prefix[..Magic.Length].SequenceEqual(Magic))
        {
            throw new FileProblemException("it is not a .npy file: it does not start with the signature of the format.");
        }

        int major = prefix[Magic.Length];
        if (major is < 1 or > 3)
        {
            throw new FileProblemException(
                $"version {major}.{prefix[Magic.Length + 1]} of the .npy format is not supported; versions 1, 2 and 3 are.");
        }

        int lengthBytes = major == 1 ? sizeof(ushort) : sizeof(uint);
        Span<byte> lengthField = prefix.Slice(PrefixLength, lengthBytes);
        ReadPart(stream, lengthField, "the header is cut off");
        uint textLength = major == 1 ? BinaryPrimitives.ReadUInt16LittleEndian(lengthField)
            : BinaryPrimitives.ReadUInt32LittleEndian(lengthField);
        if (textLength > MaximumHeaderLength)
        {
            throw new FileProblemException(
                $"the header claims {textLength} bytes, but an array of numbers has at most {MaximumHeaderLength}.");
        }

        byte[] text = new byte[textLength];
        ReadPart(stream, text, "the header is cut off");
        length = PrefixLength + lengthBytes + text.Length;
        NpyHeader header = NpyHeaderText.Parse((major == 3 ? Encoding.UTF8 : Encoding.Latin1).GetString(text));
        header.CheckSize();
        return header;
    }

    /// <summary>Writes the header as NumPy does: version 1, padded so that the elements start at a multiple of 64 bytes.</summary>
    public void Write(Stream stream)
    {
        string text = $"{{'descr': '{ElementType}', 'fortran_order': {(FortranOrder ? "True" : "False")}, 'shape': {ShapeText}, }}";
        int start = PrefixLength + sizeof(ushort);
        int total = (start + text.Length + 1 + Alignment - 1) / Alignment * Alignment;
        byte[] bytes = new byte[total];
        bytes.AsSpan().Fill((byte)' ');
        Magic.CopyTo(bytes);
        bytes[Magic.Length] = 1;
        bytes[Magic.Length + 1] = 0;
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(PrefixLength), checked((ushort)(total - start)));
        Encoding.ASCII.GetBytes(text, bytes.AsSpan(start));
        bytes[^1] = (byte)'\n';
        stream.Write(bytes);
    }

    private static long Product(long[] shape, long factor)
    {
        // Zeros are checked first: (0, huge, huge) is an empty array, not an overflow.
        if (Array.IndexOf(shape, 0L) >= 0)
        {
            return 0;
        }

        foreach (long n in shape)
        {
            factor = checked(factor * n);
        }

        return factor;
    }

    private static void ReadPart(Stream stream, Span<byte> destination, string problem)
    {
        int read = stream.ReadAtLeast(destination, destination.Length, throwOnEndOfStream: false);
        if (read < destination.Length)
        {
            throw new FileProblemException($"{problem}; write the file again.");
        }
    }

    private void CheckSize()
    {
        try
        {
            _ = DataLength;

            // Elements of zero bytes (empty strings) can exceed the limit although they take no space.
            _ = ElementCount;
        }
        catch (OverflowException e)
        {
            throw new FileProblemException($"the header claims the shape {ShapeText}, more than any file can hold.", null, e);
        }
    }
}

using System.Buffers.Binary;
using GmmNative.Files.Bytes;

namespace GmmNative.Files.Htk;

/// <summary>
/// The checksum of HTK files (qualifier _K): the 16-bit words behind the header are the digits of a number in base 65536, and the checksum
/// is its remainder modulo 36897. The checksum is the last word.
/// </summary>
internal static class HtkChecksum
{
    private const uint Modulus = 36897;
    private const int BytesAtOnce = 1 << 16;

    /// <summary>Whether the last word of a file is the checksum of the words before it.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="offset">The offset of the first word.</param>
    /// <param name="bigEndian">Whether the most significant byte of a word comes first.</param>
    public static bool IsRight(ByteSource bytes, long offset, bool bigEndian)
    {
        byte[] buffer = new byte[(int)Math.Min(BytesAtOnce, bytes.Length - offset)];
        uint remainder = 0;
        uint before = 0;
        uint last = 0;
        while (offset < bytes.Length)
        {
            Span<byte> part = buffer.AsSpan(0, (int)Math.Min(buffer.Length, bytes.Length - offset) & ~1);
            if (part.Length == 0)
            {
                return false;
            }

            bytes.Read(offset, part);
            offset += part.Length;
            for (int i = 0; i < part.Length; i += sizeof(ushort))
            {
                before = remainder;
                last = bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(part[i..]) : BinaryPrimitives.ReadUInt16LittleEndian(part[i..]);
                remainder = ((remainder << 16) + last) % Modulus;
            }
        }

        return before == last;
    }
}

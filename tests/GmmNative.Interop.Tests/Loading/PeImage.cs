using System.Buffers.Binary;
using System.Text;

namespace GmmNative.Interop.Tests;

/// <summary>The bytes of a small Windows library: headers, and one section with the names of the libraries that it needs.</summary>
internal sealed class PeImage
{
    private const int HeaderStart = 0x80;
    private const int OptionalStart = HeaderStart + 24;
    private const int OptionalSize = 112 + (16 * 8);
    private const int SectionTable = OptionalStart + OptionalSize;
    private const int SectionStart = 0x200;
    private const int SectionAddress = 0x1000;

    public PeImage(params string[] needed)
    {
        // 20 bytes an entry, closed by an entry of zeros; the names behind them.
        int at = SectionStart + (20 * (needed.Length + 1));
        int table = at - SectionStart;
        Bytes = new byte[at + needed.Sum(name => name.Length + 1)];
        for (int i = 0; i < needed.Length; i++)
        {
            Write32(SectionStart + (20 * i) + 12, SectionAddress + at - SectionStart);
            at += Encoding.ASCII.GetBytes(needed[i], Bytes.AsSpan(at)) + 1;
        }

        "MZ"u8.CopyTo(Bytes);
        Write32(60, HeaderStart);
        "PE"u8.CopyTo(Bytes.AsSpan(HeaderStart));
        Machine = 0x8664;
        Write16(HeaderStart + 6, 1);
        Write16(HeaderStart + 20, OptionalSize);
        Characteristics = 0x2022;
        Magic = 0x20B;
        Write32(OptionalStart + 108, 16);
        ImportAddress = needed.Length == 0 ? 0 : SectionAddress;
        Write32(OptionalStart + 112 + 12, table);
        Write32(SectionTable + 12, SectionAddress);
        Write32(SectionTable + 16, Bytes.Length - SectionStart);
        Write32(SectionTable + 20, SectionStart);
    }

    public byte[] Bytes { get; }

    public int Machine
    {
        set => Write16(HeaderStart + 4, value);
    }

    public int Characteristics
    {
        set => Write16(HeaderStart + 22, value);
    }

    public int Magic
    {
        set => Write16(OptionalStart, value);
    }

    public int ImportAddress
    {
        set => Write32(OptionalStart + 112 + 8, value);
    }

    public int SignatureEnd
    {
        set
        {
            Write32(OptionalStart + 112 + (4 * 8), Bytes.Length - 8);
            Write32(OptionalStart + 112 + (4 * 8) + 4, value - Bytes.Length + 8);
        }
    }

    private void Write16(int at, int value) => BinaryPrimitives.WriteUInt16LittleEndian(Bytes.AsSpan(at), (ushort)value);

    private void Write32(int at, int value) => BinaryPrimitives.WriteInt32LittleEndian(Bytes.AsSpan(at), value);
}

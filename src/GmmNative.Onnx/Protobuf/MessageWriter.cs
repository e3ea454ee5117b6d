using System.Buffers;
using System.Text;

namespace GmmNative.Onnx.Protobuf;

/// <summary>Writes one message of the protobuf wire format: https://protobuf.dev/programming-guides/encoding.</summary>
internal sealed class MessageWriter
{
    private const int VarintType = 0;
    private const int LengthType = 2;

    private readonly ArrayBufferWriter<byte> _bytes = new();

    /// <summary>Writes a whole number of at least 0.</summary>
    public MessageWriter Number(int field, long value)
    {
        Tag(field, VarintType);
        Varint((ulong)value);
        return this;
    }

    /// <summary>Writes a text.</summary>
    public MessageWriter Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    /// <summary>Writes bytes.</summary>
    public MessageWriter Bytes(int field, ReadOnlySpan<byte> value)
    {
        Tag(field, LengthType);
        Varint((ulong)value.Length);
        _bytes.Write(value);
        return this;
    }

    /// <summary>Writes a message within this message.</summary>
    public MessageWriter Message(int field, MessageWriter message) => Bytes(field, message._bytes.WrittenSpan);

    /// <summary>Returns the bytes so far.</summary>
    public byte[] ToArray() => _bytes.WrittenSpan.ToArray();

    private void Tag(int field, int wireType) => Varint(((ulong)field << 3) | (uint)wireType);

    private void Varint(ulong value)
    {
        Span<byte> bytes = stackalloc byte[10];
        int count = 0;
        for (; value >= 0x80; value >>= 7)
        {
            bytes[count++] = (byte)(value | 0x80);
        }

        bytes[count++] = (byte)value;
        _bytes.Write(bytes[..count]);
    }
}

using System.Buffers.Binary;

namespace GmmNative.Formats.Arrow.Reading;

/// <summary>A table of a FlatBuffer, as the metadata of Arrow's messages is stored. Every offset is checked by the span.</summary>
/// <param name="buffer">The whole FlatBuffer.</param>
/// <param name="position">The position of the table in it.</param>
internal readonly ref struct MessageTable(ReadOnlySpan<byte> buffer, int position)
{
    private readonly ReadOnlySpan<byte> _buffer = buffer;

    /// <summary>The table that a FlatBuffer starts with.</summary>
    public static MessageTable Root(ReadOnlySpan<byte> buffer) => new(buffer, BinaryPrimitives.ReadInt32LittleEndian(buffer));

    /// <summary>A field of one byte, or 0 if it is absent.</summary>
    public byte Byte(int field) => Place(field) is int place and > 0 ? _buffer[place] : (byte)0;

    /// <summary>A field of eight bytes, or 0 if it is absent.</summary>
    public long Int64(int field) => Place(field) is int place and > 0 ? BinaryPrimitives.ReadInt64LittleEndian(_buffer[place..]) : 0;

    /// <summary>A field that is a table.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is absent.</exception>
    public MessageTable Table(int field)
    {
        int place = Place(field);
        ArgumentOutOfRangeException.ThrowIfZero(place);
        return new MessageTable(_buffer, checked(place + BinaryPrimitives.ReadInt32LittleEndian(_buffer[place..])));
    }

    // A table starts with the distance back to its list of fields: the size of that list, the size of the table, and for each field its
    // distance from the start of the table, or 0.
    private int Place(int field)
    {
        int list = checked(position - BinaryPrimitives.ReadInt32LittleEndian(_buffer[position..]));
        int entry = (field + 2) * sizeof(ushort);
        if (entry >= BinaryPrimitives.ReadUInt16LittleEndian(_buffer[list..]))
        {
            return 0;
        }

        int distance = BinaryPrimitives.ReadUInt16LittleEndian(_buffer[(list + entry)..]);
        return distance == 0 ? 0 : position + distance;
    }
}

using System.Buffers.Binary;

namespace GmmNative.Files.Detection;

/// <summary>Recognises Python's pickles.</summary>
internal static class PickleFile
{
    private const int LongestFrame = 1 << 30;

    /// <summary>Recognises a pickle by its first bytes.</summary>
    public static ForeignFormat? Recognise(ReadOnlySpan<byte> head)
    {
        // PROTO with its version; from version 4 on a FRAME with its length, before that the opcode that makes the object.
        bool framed = head is [0x80, 4 or 5, 0x95, ..] && head.Length >= 11
            && BinaryPrimitives.ReadUInt64LittleEndian(head[3..]) < LongestFrame;
        bool plain = head is [0x80, 2 or 3, (byte)']' or (byte)'}', (byte)'q', 0, ..]
            || (head is [0x80, 2 or 3, (byte)'c', ..]
                && (head[3..].StartsWith("numpy"u8) || head[3..].StartsWith("pandas"u8) || head[3..].StartsWith("sklearn"u8)));
        bool oldest = head.StartsWith("cnumpy."u8) || head.StartsWith("ccopy_reg\n"u8) || head.StartsWith("cpandas."u8);
        return framed || plain || oldest
            ? new ForeignFormat("a Python pickle", "save its array with numpy.save(\"x.npy\", x)", IsCertain: framed || oldest)
            : null;
    }
}

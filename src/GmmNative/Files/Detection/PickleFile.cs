using System.Buffers.Binary;

namespace GmmNative.Files.Detection;

/// <summary>Recognizes Python pickles.</summary>
internal static class PickleFile
{
    private const int MaximumFrame = 1 << 30;

    /// <summary>Recognizes a pickle by its first bytes.</summary>
    public static ForeignFormat? Recognize(ReadOnlySpan<byte> head)
    {
        // PROTO with its version. From version 4 on, a FRAME with its length follows; in older versions, the opcode that creates the
        // object.
        bool framed = head is [0x80, 4 or 5, 0x95, ..] && head.Length >= 11
            && BinaryPrimitives.ReadUInt64LittleEndian(head[3..]) < MaximumFrame;
        bool plain = head is [0x80, 2 or 3, (byte)']' or (byte)'}', (byte)'q', 0, ..]
            || (head is [0x80, 2 or 3, (byte)'c', ..]
                && (head[3..].StartsWith("numpy"u8) || head[3..].StartsWith("pandas"u8) || head[3..].StartsWith("sklearn"u8)));
        bool oldest = head.StartsWith("cnumpy."u8) || head.StartsWith("ccopy_reg\n"u8) || head.StartsWith("cpandas."u8);
        return framed || plain || oldest
            ? new ForeignFormat("a Python pickle", "save its array with numpy.save(\"x.npy\", x)", IsCertain: framed || oldest)
            : null;
    }
}

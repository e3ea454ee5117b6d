using System.Buffers.Binary;

namespace GmmNative.Files.Htk;

/// <summary>Determines the byte order of features.</summary>
internal static class FeatureNumbers
{
    /// <summary>The number of bytes that are examined.</summary>
    public const int BytesTested = 32 * sizeof(float);

    /// <summary>
    /// Whether numbers can be features, which are of moderate magnitude. Three of four numbers read from other bytes are not.
    /// </summary>
    /// <param name="bytes">The first bytes of the numbers.</param>
    /// <param name="bigEndian">Whether the most significant byte of a number comes first.</param>
    public static bool AreSensible(ReadOnlySpan<byte> bytes, bool bigEndian)
    {
        int count = Math.Min(BytesTested, bytes.Length) / sizeof(float);
        int sensible = 0;
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> place = bytes[(i * sizeof(float))..];
            float number = bigEndian ? BinaryPrimitives.ReadSingleBigEndian(place) : BinaryPrimitives.ReadSingleLittleEndian(place);
            sensible += Math.Abs(number) is 0 or (> 1e-10f and < 1e10f) ? 1 : 0;
        }

        return sensible >= 0.8 * count;
    }
}

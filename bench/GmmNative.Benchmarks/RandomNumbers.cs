using System.Numerics;
using GmmNative.Interop.Seam;

namespace GmmNative.Benchmarks;

/// <summary>Operands, always the same.</summary>
internal static class RandomNumbers
{
    /// <summary>Numbers from -0.5 to 0.5.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="length">How many.</param>
    public static AlignedBuffer<T> Buffer<T>(int length)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Random random = new(1);
        AlignedBuffer<T> buffer = new(length);
        foreach (ref T value in buffer.Span)
        {
            value = T.CreateTruncating(random.NextDouble() - 0.5);
        }

        return buffer;
    }
}

using System.Runtime.InteropServices;

namespace GmmNative.Fuzz;

/// <summary>Raw numbers: awkward ones in awkward places, and sizes that are almost right.</summary>
internal sealed class NumbersMutator : IMutator
{
    private static readonly double[] Awkward =
    [
        0, -0.0, 1, -1, 0.5, double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.Epsilon, -double.Epsilon, 1e-300, 1e300,
        double.MaxValue,
        double.MinValue, 1.0 / 3, 1e-6, 1 + 1e-7, 2.2250738585072014e-308,
    ];

    /// <inheritdoc/>
    public byte[] Mutate(Corpus corpus, Random random)
    {
        byte[] bytes = random.OnceIn(3) ? ByteMutator.Change(corpus.Any(random), corpus, random) : [.. corpus.Any(random)];
        Span<double> numbers = MemoryMarshal.Cast<byte, double>(bytes.AsSpan());
        int changes = random.Next(5);
        for (int i = 0; i < changes && numbers.Length > 0; i++)
        {
            numbers[random.Next(numbers.Length)] = random.OnceIn(4)
                ? BitConverter.UInt64BitsToDouble((ulong)random.NextInt64()) : random.Pick(Awkward);
        }

        return random.Next(6) switch
        {
            0 => bytes[..random.Next(bytes.Length + 1)],
            1 => [.. bytes, .. new byte[random.Next(1, 33)]],
            2 => [.. bytes, .. bytes],
            _ => bytes,
        };
    }
}

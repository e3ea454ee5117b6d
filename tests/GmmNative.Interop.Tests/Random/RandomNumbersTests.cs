using System.Numerics;
using GmmNative.Interop.Kernels;
using GmmNative.Interop.Simd;

namespace GmmNative.Interop.Tests;

/// <summary>The random numbers against a plain implementation, published answers, and the distributions they should have.</summary>
public sealed class RandomNumbersTests
{
    private const int Many = 1 << 20;

    private static readonly RandomKey Key = new(20261130, 7);

    // The answers of Random123's tests (kat_vectors, threefry2x64 20).
    [Theory]
    [InlineData(0, 0, 0, 0, 0xc2b6e3a8c2c69865, 0x6f81ed42f350084d)]
    [InlineData(ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, 0xe02cb7c4d95d277a, 0xd06633d0893b8b68)]
    [InlineData(
        0x243f6a8885a308d3, 0x13198a2e03707344, 0xa4093822299f31d0, 0x082efa98ec4e6c89, 0x263c7d30bb0f0af1, 0x56be8361d3311526)]
    public void Threefry_KnownCounterAndKey_GivesThePublishedWords(
        ulong counter0, ulong counter1, ulong key0, ulong key1, ulong expected0, ulong expected1)
    {
        double x = BitConverter.UInt64BitsToDouble(counter0);
        double y = BitConverter.UInt64BitsToDouble(counter1);
        Threefry<SimdScalar<double>, double>.Run(key0, key1, ref x, ref y);
        Assert.Equal(expected0, BitConverter.DoubleToUInt64Bits(x));
        Assert.Equal(expected1, BitConverter.DoubleToUInt64Bits(y));
        Assert.Equal((expected0, expected1), Words(key0, key1, counter0, counter1));
    }

    [Theory]
    [InlineData(0UL)]
    [InlineData(5UL)]
    [InlineData((1UL << 60) - 3)]
    public void Uniforms_AnyUnit_AreTheUpperBitsOfTheWordsOfTheirCounters(ulong firstUnit)
    {
        double[] numbers = new double[16 * 5];
        RandomNumbers.Uniforms(Key, firstUnit, numbers);
        for (int i = 0; i < numbers.Length; i++)
        {
            Assert.Equal(WordAt(firstUnit, i) >> 12, (ulong)Math.ScaleB(numbers[i], 52));
        }
    }

    [Fact]
    public void Normals_AnyUnit_AreBoxAndMullersOfTheWords()
    {
        double[] numbers = new double[16 * 5000];
        RandomNumbers.Normals(Key, 3, numbers);
        for (int i = 0; i < numbers.Length; i++)
        {
            int first = (i / 16 * 16) + (i % 8);
            double u = 1 - Math.ScaleB(WordAt(3, first) >> 12, -52);
            double turn = Math.ScaleB(WordAt(3, first + 8) >> 12, -52) - 0.5;
            double radius = Math.Sqrt(-2 * Math.Log(u));
            double expected = radius * (i % 16 < 8 ? Math.Cos(2 * Math.PI * turn) : Math.Sin(2 * Math.PI * turn));

            // Each of the two doublings of the angle can double a rounding.
            Assert.Equal(expected, numbers[i], 8 * Math.ScaleB(1, -52) * Math.Max(radius, 1e-3));
        }
    }

    [Fact]
    public void Numbers_StartedInTheMiddle_AreTheSame()
    {
        double[] all = new double[16 * 20];
        double[] part = new double[16 * 6];
        foreach (Action<RandomKey, ulong, Memory<double>> generate in (Action<RandomKey, ulong, Memory<double>>[])[
            (key, unit, to) => RandomNumbers.Normals(key, unit, to.Span), (key, unit, to) => RandomNumbers.Uniforms(key, unit, to.Span)])
        {
            generate(Key, 100, all);
            generate(Key, 107, part);
            Assert.Equal(all[(16 * 7)..(16 * 13)], part);
        }
    }

    [Fact]
    public void Normals_Many_HaveTheMomentsOfTheNormalDistribution()
    {
        double[] z = new double[Many];
        RandomNumbers.Normals(Key, 0, z);

        // Five standard errors: sqrt(1, 2, 15, 96) / sqrt(n) for the first four moments. Neighbors are uncorrelated at any lag tried.
        double error = 5 / Math.Sqrt(Many);
        Assert.Equal(0, z.Average(), error);
        Assert.Equal(1, z.Average(x => x * x), error * Math.Sqrt(2));
        Assert.Equal(0, z.Average(x => x * x * x), error * Math.Sqrt(15));
        Assert.Equal(3, z.Average(x => x * x * x * x), error * Math.Sqrt(96));
        foreach (int lag in (int[])[1, 2, 7, 8, 16, 39])
        {
            Assert.Equal(0, z.Skip(lag).Zip(z, (a, b) => a * b).Average(), error);
            Assert.Equal(1, z.Skip(lag).Zip(z, (a, b) => a * a * b * b).Average(), error * Math.Sqrt(8));
        }

        Assert.InRange(z.Max(), 4.2, 8.5);
        Assert.InRange(z.Min(), -8.5, -4.2);
    }

    [Fact]
    public void NormalsAndUniforms_Sorted_AreWithinTheKolmogorovSmirnovBound()
    {
        double[] z = new double[Many];
        RandomNumbers.Normals(Key, 0, z);
        Assert.InRange(KolmogorovSmirnov(z, NormalDistribution), 0.3, 1.95);
        RandomNumbers.Uniforms(Key, 0, z);
        Assert.InRange(KolmogorovSmirnov(z, x => x), 0.3, 1.95);
        Assert.InRange(z.Max(), 1 - (20.0 / Many), 1 - Math.ScaleB(1, -52));
    }

    [Fact]
    public void KolmogorovSmirnov_NormalsOfAnotherDeviation_IsBeyondTheBound()
    {
        double[] z = new double[Many];
        RandomNumbers.Normals(Key, 0, z);
        Assert.True(KolmogorovSmirnov([.. z.Select(x => 1.01 * x)], NormalDistribution) > 1.95);
    }

    [Fact]
    public void Normals_OtherSeedOrStream_AreUncorrelated()
    {
        double[] z = new double[Many];
        double[] other = new double[Many];
        RandomNumbers.Normals(Key, 0, z);
        foreach (RandomKey key in (RandomKey[])[Key with { Seed = Key.Seed + 1 }, Key with { Stream = Key.Stream + 1 }])
        {
            RandomNumbers.Normals(key, 0, other);
            Assert.Equal(0, z.Zip(other, (a, b) => a * b).Average(), 5 / Math.Sqrt(Many));
        }
    }

    [Fact]
    public void Numbers_LengthNotInUnits_Throws()
    {
        Assert.Throws<ArgumentException>(() => RandomNumbers.Normals(Key, 0, new double[17]));
        Assert.Throws<ArgumentException>(() => RandomNumbers.Uniforms(Key, 0, new double[8]));
        RandomNumbers.Normals(Key, 0, []);
    }

    /// <summary>
    /// The largest distance between the empirical and the true distribution, times sqrt(n): below 1.95 with a probability of 0.999.
    /// </summary>
    private static double KolmogorovSmirnov(double[] numbers, Func<double, double> distribution)
    {
        double[] sorted = [.. numbers.Order()];
        double largest = 0;
        for (int i = 0; i < sorted.Length; i++)
        {
            double p = distribution(sorted[i]);
            largest = Math.Max(largest, Math.Max(p - ((double)i / sorted.Length), ((i + 1.0) / sorted.Length) - p));
        }

        return largest * Math.Sqrt(sorted.Length);
    }

    /// <summary>The standard normal distribution, by the Taylor series of its integral; its error is below 1e-9 up to 6.</summary>
    private static double NormalDistribution(double x)
    {
        if (Math.Abs(x) > 6)
        {
            return x < 0 ? 0 : 1;
        }

        // Marsaglia's form: x + x^3 / 3 + x^5 / 15 + ..., all terms of one sign.
        double term = x;
        double sum = x;
        for (int i = 3; Math.Abs(term) > 1e-12 * Math.Abs(sum); i += 2)
        {
            term *= x * x / i;
            sum += term;
        }

        return 0.5 + (sum * Math.Exp(-0.5 * x * x) / Math.Sqrt(2 * Math.PI));
    }

    private static ulong WordAt(ulong firstUnit, int number)
    {
        (ulong first, ulong second) = Words(
            Key.Seed, Key.Stream, unchecked((8 * (firstUnit + ((ulong)number / 16))) + ((ulong)number % 8)), 0);
        return number % 16 < 8 ? first : second;
    }

    /// <summary>Threefry-2x64-20 the plain way.</summary>
    private static (ulong First, ulong Second) Words(ulong key0, ulong key1, ulong counter0, ulong counter1)
    {
        int[] places = [16, 42, 12, 31, 16, 32, 24, 21];
        ulong[] keys = [key0, key1, 0x1BD11BDAA9FC1A22 ^ key0 ^ key1];
        ulong x = counter0 + key0;
        ulong y = counter1 + key1;
        for (int round = 0; round < 20; round++)
        {
            x += y;
            y = BitOperations.RotateLeft(y, places[round % 8]) ^ x;
            if (round % 4 == 3)
            {
                int s = (round / 4) + 1;
                x += keys[s % 3];
                y += keys[(s + 1) % 3] + (ulong)s;
            }
        }

        return (x, y);
    }
}

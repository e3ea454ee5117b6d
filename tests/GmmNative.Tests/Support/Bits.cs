using System.Runtime.InteropServices;
using Xunit;

namespace GmmNative.Tests.Support;

/// <summary>Equality to the last bit.</summary>
internal static class Bits
{
    public static void AssertSame(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        ReadOnlySpan<long> left = MemoryMarshal.Cast<double, long>(expected);
        ReadOnlySpan<long> right = MemoryMarshal.Cast<double, long>(actual);
        int place = left.CommonPrefixLength(right);
        Assert.True(
            place == left.Length, place == left.Length ? "" : $"{what}: {actual[place]:R} at {place} where there was {expected[place]:R}");
    }

    public static void AssertSame(GaussianMixture expected, GaussianMixture actual, string what)
    {
        AssertSame(expected.Weights.Span, actual.Weights.Span, what + ", weights");
        AssertSame(expected.Means.Span, actual.Means.Span, what + ", means");
        AssertSame(expected.Covariances.Span, actual.Covariances.Span, what + ", covariances");
    }

    public static void AssertSame(double[,] expected, double[,] actual, string what) =>
        AssertSame([.. expected.Cast<double>()], [.. actual.Cast<double>()], what);
}

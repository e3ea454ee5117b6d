using GmmNative.Cli.Output;
using Xunit;

namespace GmmNative.Cli.Tests;

/// <summary>Sums for the line at the end.</summary>
public sealed class CompensatedSumTests
{
    [Fact]
    public void Add_NumbersOfUnlikeSize_LosesNothing()
    {
        CompensatedSum sum = default;
        sum.Add([1e16, 1, 1, -1e16]);
        CompensatedSum small = default;
        small.Add([1e-3, 1e15, 1e-3, -1e15]);
        sum.Add(small);
        Assert.Equal(2.002, sum.Value, 1e-12);
    }

    [Fact]
    public void Add_ManyEqualNumbers_IsTheirProduct()
    {
        CompensatedSum all = default;
        for (int group = 0; group < 1000; group++)
        {
            CompensatedSum sum = default;
            sum.Add(Enumerable.Repeat(-0.1, 1000).ToArray());
            all.Add(sum);
        }

        Assert.Equal(-100_000.0, all.Value, 1e-10);
    }

    [Theory]
    [InlineData(double.NegativeInfinity)]
    public void Add_InfiniteNumber_IsTheSum(double value)
    {
        CompensatedSum part = default;
        part.Add([1, value, 2]);
        CompensatedSum sum = default;
        sum.Add([3]);
        sum.Add(part);
        sum.Add([4]);
        Assert.Equal(value, sum.Value);
    }

    [Fact]
    public void Add_ResultOfARowThatIsLeftOut_HasNoEffect()
    {
        CompensatedSum sum = default;
        sum.Add([1, double.NaN, 2]);
        sum.Add([double.NaN, 4], [1, 0.5]);
        Assert.Equal(5, sum.Value);
    }
}

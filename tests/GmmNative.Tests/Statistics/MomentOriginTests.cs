using GmmNative.Statistics;
using GmmNative.Tests.Support;
using Xunit;

namespace GmmNative.Tests.Statistics;

/// <summary>Where moments are summed about, and which components must be summed there.</summary>
public sealed class MomentOriginTests
{
    [Fact]
    public void Means_OfAModel_AreItsMeansAndForceNothing()
    {
        GaussianMixture model = RandomMixtures.Model(new Random(1), Structures.Make("full", 3), 4);
        MomentOrigins origins = MomentOrigins.Means(model);
        for (int k = 0; k < 4; k++)
        {
            Assert.Equal(model.Mean(k).ToArray(), origins.Origin(k).ToArray());
            Assert.False(origins.IsForced(k));
        }
    }

    [Fact]
    public void IsSame_PointsOfTheSameNumbers_AreTheSameWhateverIsForced()
    {
        GaussianMixture model = RandomMixtures.Model(new Random(1), Structures.Make("full", 3), 4);
        MomentOrigins origins = MomentOrigins.Means(model);
        double[] numbers = model.Means.ToArray();
        Assert.True(origins.IsSame(origins));
        Assert.True(origins.IsSame(MomentOrigins.Given(numbers, 3, [true, false, true, false])));
        Assert.False(origins.IsSame(MomentOrigins.Given(numbers.AsMemory(0, 9), 3, new bool[3])));
        numbers[11] += 1e-9;
        Assert.False(origins.IsSame(MomentOrigins.Given(numbers, 3, new bool[4])));
    }

    [Fact]
    public void Given_OtherPoints_ForcesTheComponentsThatMust()
    {
        MomentOrigins origins = MomentOrigins.Given(new double[] { 1, 2, 3, 4, 5, 6 }, 2, [false, true, false]);
        Assert.Equal([3, 4], origins.Origin(1).ToArray());
        Assert.Equal([5, 6], origins.Origin(2).ToArray());
        Assert.Equal([false, true, false], Enumerable.Range(0, 3).Select(origins.IsForced));
    }
}

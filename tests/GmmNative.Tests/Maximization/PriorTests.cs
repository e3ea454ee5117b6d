using GmmNative.Execution;
using GmmNative.Expectation;
using GmmNative.Maximization;
using GmmNative.Maximization.Priors;
using GmmNative.Statistics;
using GmmNative.Tests.Support;
using Xunit;

namespace GmmNative.Tests.Maximization;

/// <summary>What priors add to moments, weights and the objective.</summary>
public sealed class PriorTests
{
    private static readonly CovarianceStructure Structure = Structures.Make("full", 2);

    private static readonly GaussianMixture Ubm = new(
        Structure, [0.75, 0, 0.25], [1, 2, 3, 4, 5, 6], [3, 1, 1, 3, 4, 1, 1, 4, 5, 1, 1, 5]);

    [Fact]
    public void NoPrior_Always_ChangesNothing()
    {
        ComponentMoments moments = Moments();
        NoPrior.Instance.AddTo(1, moments);
        Assert.Equal((8, 8, 8), (moments.Occupancy, moments.MeanOccupancy, moments.CovarianceOccupancy));
        Assert.Equal([4, -4], moments.First);
        Assert.Equal([16, 0, 16], moments.Second);
        double[] occupancies = [1, 2, 3];
        Assert.Equal(7.5, NoPrior.Instance.AddToWeights(occupancies, 7.5));
        Assert.Equal([1, 2, 3], occupancies);
        Assert.Equal(0, NoPrior.Instance.LogDensity(new MixtureFactors(Ubm, ExecutionPlan.From(null))));
    }

    [Fact]
    public void AlphaPrior_OfAComponent_IsWorthItsShareOfAlpha()
    {
        // xi = 4 * 0.75 = 3 rows of mean (1, 2) about the origin (0, 1).
        ComponentMoments moments = Moments();
        AlphaPrior prior = new(Ubm, 4);
        prior.AddTo(0, moments);
        Assert.Equal((8, 11, 11), (moments.Occupancy, moments.MeanOccupancy, moments.CovarianceOccupancy));
        Assert.Equal([4 + 3, -4 + 3], moments.First);
        Assert.Equal(moments.First, moments.CovarianceFirst);
        Assert.Equal([16 + (3 * (3 + 1)), 3 * (1 + 1), 16 + (3 * (3 + 1))], moments.Second);

        // A component of no weight adds nothing.
        moments = Moments();
        prior.AddTo(1, moments);
        Assert.Equal(8, moments.MeanOccupancy);
        Assert.Equal([4, -4], moments.First);
        double[] occupancies = [1, 2, 3];
        Assert.Equal(7.5 + 4, prior.AddToWeights(occupancies, 7.5));
        Assert.Equal([4, 2, 4], occupancies);
    }

    [Fact]
    public void Update_PriorOfSeparateStrengths_GivesEachItsOwn()
    {
        // 8 rows of mean (0.5, 0.5), second moments (2, 0, 2) about the origin (0, 1); 2 rows for the mean, 24 for the covariance.
        GaussianMixture model = new(Structure, [0.5, 0.25, 0.25], [9, 9, 9, 9, 9, 9], [1, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1]);
        SufficientStatistics statistics = new(new LiftedLayout(Structure), 3, [0, 1], MomentOrigins.Means(model));
        SharedOriginMoments moments = statistics.RequireSharedOrigin();
        moments.Weights[0] = 8;
        double[] sums = [4, -4, 16, 0, 16];
        for (int f = 0; f < sums.Length; f++)
        {
            moments.Sums[f * 3] = sums[f];
        }

        statistics.AddRows(8, -1);
        UpdateOptions options = new()
        {
            WeightFloor = 0,
            Threads = 1,
            Prior = new SplitPrior(meanRows: 2, covarianceRows: 24),
            Floors = new FloorOptions
            {
                Floors = [1e-9, 1e-9],
                Resolutions = [0, 0],
                Target = VarianceFloorTarget.Eigenvalues,
                SingularCovariance = SingularCovarianceHandling.FloorEigenvalues,
            },
        };
        UpdateResult result = new MixtureUpdate(Structure, 3, options).Update(model, statistics, 1, MomentPrecision.Unchecked);
        double[] move = [(4 + (2 * 1)) / 10.0, (-4 + (2 * 1)) / 10.0];
        Assert.Equal([move[0], 1 + move[1]], result.Model.Mean(0).ToArray());
        Assert.Equal(((16 + (24 * (3 + 1))) / 32.0) - (move[0] * move[0]), result.Model.CovarianceAt(0, 0, 0), 1e-14);
        Assert.Equal(((0 + (24 * (1 + 1))) / 32.0) - (move[0] * move[1]), result.Model.CovarianceAt(0, 0, 1), 1e-14);

        // The others live on the prior alone; the weights are those that the prior gives.
        Assert.Equal(Ubm.Mean(1).ToArray().Select(x => Math.Round(x, 12)), result.Model.Mean(1).ToArray().Select(x => Math.Round(x, 12)));
        Assert.DoesNotContain(true, result.Empty);
        Assert.Equal([0.75, 0.125, 0.125], result.Model.Weights.ToArray());
    }

    [Theory]
    [InlineData(0, 24)]
    [InlineData(2, 0)]
    public void Update_ComponentWithoutRowsOfOneKind_KeepsMeanAndCovariance(double meanRows, double covarianceRows)
    {
        GaussianMixture model = new(Structure, [0.5, 0.25, 0.25], [9, 9, 9, 9, 9, 9], [1, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1]);
        SufficientStatistics statistics = new(new LiftedLayout(Structure), 3, [0, 1], MomentOrigins.Means(model));
        statistics.AddRows(8, -1);
        UpdateOptions options = new()
        {
            WeightFloor = 0,
            Threads = 1,
            Prior = new SplitPrior(meanRows, covarianceRows),
            Floors = new FloorOptions
            {
                Floors = [0, 0],
                Resolutions = [0, 0],
                Target = VarianceFloorTarget.Eigenvalues,
                SingularCovariance = SingularCovarianceHandling.Throw,
            },
        };
        UpdateResult result = new MixtureUpdate(Structure, 3, options).Update(model, statistics, 1, MomentPrecision.Unchecked);
        Assert.Equal([true, true, true], result.Empty);
        Assert.Equal(model.Means.ToArray(), result.Model.Means.ToArray());
        Assert.Equal(model.Covariances.ToArray(), result.Model.Covariances.ToArray());
    }

    /// <summary>Eight rows about the origin (0, 1).</summary>
    private static ComponentMoments Moments()
    {
        ComponentMoments moments = new(new LiftedLayout(Structure)) { Occupancy = 8, MeanOccupancy = 8, CovarianceOccupancy = 8 };
        ((double[])[0, 1]).CopyTo(moments.Origin, 0);
        ((double[])[4, -4]).CopyTo(moments.First, 0);
        ((double[])[4, -4]).CopyTo(moments.CovarianceFirst, 0);
        ((double[])[16, 0, 16]).CopyTo(moments.Second, 0);
        return moments;
    }

    /// <summary>The background model, worth more rows for one parameter than for another.</summary>
    private sealed class SplitPrior(double meanRows, double covarianceRows) : IPrior
    {
        public void AddTo(int component, ComponentMoments moments) => moments.AddRows(meanRows, covarianceRows, Ubm, component);

        public double AddToWeights(Span<double> occupancies, double totalWeight)
        {
            occupancies[0] = 6;
            occupancies[1] = 1;
            occupancies[2] = 1;
            return totalWeight;
        }

        public double LogDensity(MixtureFactors factors) => 0;
    }
}

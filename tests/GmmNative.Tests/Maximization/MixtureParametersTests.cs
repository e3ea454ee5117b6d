using GmmNative.Expectation;
using GmmNative.Maximization;
using GmmNative.Maximization.Priors;
using GmmNative.Statistics;
using GmmNative.Tests.Support;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Tests.Maximization;

/// <summary>The M-step where some of weights, means and covariances keep their numbers, against the definition in 31 digits.</summary>
public sealed class MixtureParametersTests
{
    private const int Components = 2;
    private const int Dimension = 4;
    private const int Rows = 12;
    private const double Regularization = 0.125;

    public static TheoryData<int, string, string, double> Cases
    {
        get
        {
            TheoryData<int, string, string, double> data = [];
            for (int updated = 0; updated < 8; updated++)
            {
                foreach (string structure in (string[])["diagonal", "full", "equalBlocks"])
                {
                    data.Add(updated, structure, "shared", 0);
                    data.Add(updated, structure, "own", 0);
                    data.Add(updated, structure, "both", 3);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Update_SomeParameters_LeavesTheOthersToTheBit(int flags, string name, string kinds, double alpha)
    {
        MixtureParameters updated = (MixtureParameters)flags;
        CovarianceStructure structure = Structures.Make(name, Dimension);
        Random random = new(flags);
        GaussianMixture model = RandomMixtures.Model(random, structure, Components);
        GaussianMixture ubm = RandomMixtures.Model(random, structure, Components, offset: 1);
        double[] rows = RandomMixtures.Rows(random, model, Rows);
        double[] first = [.. Enumerable.Range(0, Rows).Select(_ => random.NextDouble())];
        double[][] posteriors = [first, [.. first.Select(posterior => 1 - posterior)]];
        SufficientStatistics statistics = Sum(model, rows, posteriors, kinds);
        UpdateOptions options = Options() with
        {
            Updated = updated,
            Regularization = Regularization,
            Prior = alpha == 0 ? NoPrior.Instance : new AlphaPrior(ubm, alpha),
        };
        GaussianMixture result = new MixtureUpdate(structure, Components, options)
            .Update(model, statistics, 1, MomentPrecision.Unchecked).Model;
        for (int k = 0; k < Components; k++)
        {
            double prior = alpha * ubm.Weights.Span[k];
            double[]? priorMean = alpha == 0 ? null : ubm.Mean(k).ToArray();
            double weight = (posteriors[k].Sum() + prior) / (Rows + alpha);
            AssertIs(updated.HasFlag(MixtureParameters.Weights), weight, model.Weights.Span[k], result.Weights.Span[k]);
            DoubleDouble[] mean = PlainStatistics.Mean(posteriors[k], rows, prior, priorMean);
            DoubleDouble[] about = updated.HasFlag(MixtureParameters.Means)
                ? mean
                : [.. model.Mean(k).ToArray().Select(x => (DoubleDouble)x)];
            for (int i = 0; i < Dimension; i++)
            {
                AssertIs(updated.HasFlag(MixtureParameters.Means), mean[i].High, model.Mean(k)[i], result.Mean(k)[i]);
                for (int j = 0; j < Dimension; j++)
                {
                    double second = structure.IsKept(i, j)
                        ? PlainStatistics.Second(posteriors[k], rows, about, i, j, prior, priorMean, ubm.CovarianceAt(k, i, j)).High
                        : 0;
                    AssertIs(
                        updated.HasFlag(MixtureParameters.Covariances), second + (i == j ? Regularization : 0),
                        model.CovarianceAt(k, i, j), result.CovarianceAt(k, i, j));
                }
            }
        }
    }

    [Fact]
    public void All_OfTheFlags_HasEachOnce() => Assert.Equal(
        MixtureParameters.All, MixtureParameters.Weights ^ MixtureParameters.Means ^ MixtureParameters.Covariances);

    [Fact]
    public void Update_FrozenCovariancesBelowTheFloor_AreNeitherRaisedNorReported()
    {
        CovarianceStructure structure = Structures.Make("full", 2);
        GaussianMixture model = new(structure, [1], [0, 0], [1e-9, 0, 0, 1e-9]);
        SufficientStatistics statistics = new(new LiftedLayout(structure), 1, [1e8, 0], MomentOrigins.Means(model));
        PlainStatistics.AddAboutShift(statistics, 0, 1, [0, 0], [1e8, 0]);
        PlainStatistics.AddAboutShift(statistics, 0, 1, [1, 0], [1e8, 0]);
        statistics.AddRows(2, -1);
        UpdateOptions options = Options(2) with { Updated = MixtureParameters.All & ~MixtureParameters.Covariances };
        options = options with { Floors = options.Floors with { Floors = [1, 1] } };
        UpdateResult result = new MixtureUpdate(structure, 1, options)
            .Update(model, statistics, 1, PrecisionLimits<double>.MomentPrecision);
        Assert.Equal(model.Covariances.ToArray(), result.Model.Covariances.ToArray());
        Assert.Equal([false], result.VarianceFloored);
        Assert.Equal([false], result.EigenvaluesFloored);
        Assert.False(result.HasLostDigits);

        // With all parameters these rows lose their digits.
        UpdateOptions all = options with { Updated = MixtureParameters.All };
        result = new MixtureUpdate(structure, 1, all).Update(model, statistics, 1, PrecisionLimits<double>.MomentPrecision);
        Assert.True(result.HasLostDigits);
    }

    [Fact]
    public void Update_FrozenMeanFarFromTheRows_ChecksTheDigitsOfWhatIsSubtracted()
    {
        // About the expansion point the rows are small; the old mean is far off, and the variance about it is large: nothing is lost.
        GaussianMixture model = new(Structures.Make("diagonal", 1), [1.0], [1e8], [1.0]);
        SufficientStatistics statistics = new(new LiftedLayout(model.Structure), 1, [0], MomentOrigins.Means(model));
        PlainStatistics.AddAboutShift(statistics, 0, 1, [1], [0]);
        PlainStatistics.AddAboutShift(statistics, 0, 1, [-1], [0]);
        statistics.AddRows(2, -1);
        UpdateOptions options = Options(1) with { Updated = MixtureParameters.Covariances };
        UpdateResult result = new MixtureUpdate(model.Structure, 1, options)
            .Update(model, statistics, 1, PrecisionLimits<double>.MomentPrecision);
        Assert.False(result.HasLostDigits);
        Assert.Equal(1e16, result.Model.CovarianceAt(0, 0, 0));

        // Rows at the old mean, which is far from the expansion point: all digits of their variance are lost.
        SufficientStatistics near = new(new LiftedLayout(model.Structure), 1, [0], MomentOrigins.Means(model));
        PlainStatistics.AddAboutShift(near, 0, 1, [1e8 + 1], [0]);
        PlainStatistics.AddAboutShift(near, 0, 1, [1e8 - 1], [0]);
        near.AddRows(2, -1);
        Assert.True(new MixtureUpdate(model.Structure, 1, options)
            .Update(model, near, 1, PrecisionLimits<double>.MomentPrecision).HasLostDigits);
    }

    [Fact]
    public void Update_FrozenWeights_AreNotFloored()
    {
        CovarianceStructure structure = Structures.Make("diagonal", 1);
        GaussianMixture model = new(structure, [0.125, 0.875], [0, 1], [1, 1]);
        SufficientStatistics statistics = Sum(model, [1, 2, 3, 5], [[1, 1, 0, 0], [0, 0, 1, 1]], "shared");
        UpdateOptions options = Options(1) with { WeightFloor = 0.25, Updated = MixtureParameters.Means };
        UpdateResult result = new MixtureUpdate(structure, 2, options).Update(model, statistics, 1, MomentPrecision.Unchecked);
        Assert.Equal(model.Weights.ToArray(), result.Model.Weights.ToArray());
        Assert.Equal([false, false], result.WeightFloored);
        Assert.False(result.WeightFloorActed);
        Assert.Equal([1.5, 4], result.Model.Means.ToArray());
    }

    private static SufficientStatistics Sum(GaussianMixture model, double[] rows, double[][] posteriors, string kinds)
    {
        int dimension = model.Dimension;
        double[] point = [.. Enumerable.Repeat(0.5, dimension)];
        SufficientStatistics statistics = new(
            new LiftedLayout(model.Structure), model.ComponentCount, point, MomentOrigins.Means(model));
        int count = rows.Length / dimension;
        for (int i = 0; i < model.ComponentCount * count; i++)
        {
            (int k, int t) = Math.DivRem(i, count);
            ReadOnlySpan<double> row = rows.AsSpan(t * dimension, dimension);
            if (kinds == "own" || (kinds == "both" && t % 2 == 0))
            {
                PlainStatistics.AddAboutOrigin(statistics, k, posteriors[k][t], row, model.Mean(k));
            }
            else
            {
                PlainStatistics.AddAboutShift(statistics, k, posteriors[k][t], row, point);
            }
        }

        statistics.AddRows(count, -1);
        return statistics;
    }

    private static void AssertIs(bool isUpdated, double expected, double old, double actual)
    {
        if (isUpdated)
        {
            Assert.Equal(expected, actual, 1e-12);
        }
        else
        {
            Assert.Equal(old, actual);
        }
    }

    private static UpdateOptions Options(int dimension = Dimension) => new()
    {
        WeightFloor = 0,
        Threads = 1,
        Floors = new FloorOptions
        {
            Floors = [.. Enumerable.Repeat(1e-10, dimension)],
            Resolutions = new double[dimension],
            Target = VarianceFloorTarget.Eigenvalues,
            SingularCovariance = SingularCovarianceHandling.FloorEigenvalues,
        },
    };
}

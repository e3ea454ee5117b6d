using GmmNative.Tests.Support;
using Xunit;

namespace GmmNative.Tests.Estimation;

/// <summary>Trainings that leave some parameters unchanged.</summary>
public sealed class FrozenParameterTests
{
    public static TheoryData<MixtureParameters> Kinds =>
    [
        MixtureParameters.None, MixtureParameters.Weights, MixtureParameters.Means, MixtureParameters.Covariances,
        MixtureParameters.Weights | MixtureParameters.Means, MixtureParameters.Weights | MixtureParameters.Covariances,
        MixtureParameters.Means | MixtureParameters.Covariances,
    ];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Fit_FrozenParameters_KeepTheirBitsAndTheOthersMove(MixtureParameters frozen)
    {
        CovarianceStructure structure = Structures.Make("full", 3);
        Random random = new(5);
        GaussianMixture truth = RandomMixtures.Model(random, structure, 2);
        double[] rows = RandomMixtures.Rows(random, truth, 300);
        GaussianMixture start = RandomMixtures.Model(random, structure, 2);
        GmmOptions options = new()
        {
            Covariance = new() { Kind = CovarianceKind.Full },
            Stopping = new() { Iterations = 20, Tolerance = 1e-9 },
            Update = new() { Frozen = frozen },
        };
        GmmFitResult result = new GaussianMixtureTrainer(2, options).Fit(rows, 3, start);
        Check(MixtureParameters.Weights, start.Weights, result.Model.Weights);
        Check(MixtureParameters.Means, start.Means, result.Model.Means);
        Check(MixtureParameters.Covariances, start.Covariances, result.Model.Covariances);

        // Each update is an exact maximization over the free parameters.
        for (int i = 1; i < result.History.Count; i++)
        {
            Assert.True(result.History[i].TotalLogLikelihood >= result.History[i - 1].TotalLogLikelihood - 1e-9);
        }

        Assert.NotEqual(StopReason.Fell, result.StopReason);

        void Check(MixtureParameters kind, ReadOnlyMemory<double> before, ReadOnlyMemory<double> after)
        {
            if (frozen.HasFlag(kind))
            {
                Assert.Equal(before.ToArray(), after.ToArray());
            }
            else
            {
                Assert.NotEqual(before.ToArray(), after.ToArray());
            }
        }
    }

    [Fact]
    public void Fit_FrozenWithAnyStart_KeepsWhatTheStartMade()
    {
        double[] rows = [1, 2, 3, 11, 12, 13, 14];
        GmmOptions options = new()
        {
            Start = new() { Method = InitializationMethod.KMeansPlusPlus },
            Update = new() { Frozen = MixtureParameters.Weights | MixtureParameters.Covariances },
        };
        double[] weights = new GaussianMixtureTrainer(2, options).Fit(rows, 1).Model.Weights.ToArray();
        Assert.Equal([3.0 / 7, 4.0 / 7], weights.Order(), (a, b) => Math.Abs(a - b) < 1e-4);
    }

    [Fact]
    public void Fit_FrozenVarianceBelowTheFloor_IsNotRaised()
    {
        GaussianMixture start = new(Structures.Make("diagonal", 1), [1.0], [0.0], [1e-9]);
        GmmOptions options = new() { Update = new() { Frozen = MixtureParameters.Covariances } };
        double[] rows = [1, 2, 3];
        GmmFitResult result = new GaussianMixtureTrainer(1, options).Fit(rows, 1, start);
        Assert.Equal(1e-9, result.Model.CovarianceAt(0, 0, 0));
        Assert.Equal(2, result.Model.Mean(0)[0]);
    }
}

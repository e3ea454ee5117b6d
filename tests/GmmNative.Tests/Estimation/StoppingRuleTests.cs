using GmmNative.Estimation.Options;
using GmmNative.Estimation.Steps;
using GmmNative.Maximization;
using GmmNative.Tests.Support;
using Xunit;

namespace GmmNative.Tests.Estimation;

/// <summary>The decision after each iteration, from log-likelihoods that are made up.</summary>
public sealed class StoppingRuleTests
{
    private const long Rows = 1000;

    [Fact]
    public void Rise_FallOfAMonotoneStep_EndsWithTheBest()
    {
        StoppingRule rule = Rule(StoppingTest.Rise, isMonotone: true);
        GaussianMixture[] models = Models(4);
        Assert.Null(rule.Add(models[0], Step(-500)));
        Assert.Null(rule.Add(models[1], Step(-400)));
        Assert.Equal(StopReason.Fell, rule.Add(models[2], Step(-450)));
        Assert.Same(models[1], rule.Best);
        Assert.Equal(-400, rule.BestStep!.LogLikelihood);
        Assert.False(rule.IsLastBest);
        Assert.True(rule.HasFallen);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public void Rise_FallThatFloorsExplain_CountsAsNoRise(bool isMonotone, bool weightFloorActed)
    {
        StoppingRule rule = Rule(StoppingTest.Rise, isMonotone);
        GaussianMixture[] models = Models(3);
        rule.Add(models[0], Step(-500));
        rule.Add(models[1], Step(-400, weightFloorActed: weightFloorActed));
        Assert.Equal(StopReason.Converged, rule.Add(models[2], Step(-450)));
        Assert.Same(models[1], rule.Best);
        Assert.False(rule.IsLastBest);

        rule = Rule(StoppingTest.Rise, isMonotone, tolerance: 0);
        rule.Add(models[0], Step(-500));
        rule.Add(models[1], Step(-400, weightFloorActed: weightFloorActed));
        Assert.Null(rule.Add(models[2], Step(-450)));
    }

    [Fact]
    public void Rise_FallWithinRounding_IsNone()
    {
        StoppingRule rule = Rule(StoppingTest.Rise, isMonotone: true, tolerance: 0);
        GaussianMixture[] models = Models(3);
        rule.Add(models[0], Step(-1e6));
        Assert.Null(rule.Add(models[1], Step(-1e6 - 1e-9)));
        Assert.True(rule.IsLastBest);
        Assert.False(rule.HasFallen);

        // What ill-conditioned covariances magnify: 64 eps T kappa is 0.14 for a thousand rows and 1e10.
        Assert.Null(rule.Add(models[2], Step(-1e6 - 0.1, condition: 1e10)));
        Assert.Equal(StopReason.Fell, rule.Add(models[2], Step(-1e6 - 0.3, condition: 1e10)));
    }

    [Fact]
    public void Rise_BelowTheTolerance_Converges()
    {
        StoppingRule average = Rule(StoppingTest.Rise, isMonotone: true);
        average.Add(Models(1)[0], Step(-500));
        Assert.Null(average.Add(Models(1)[0], Step(-500 + (Rows * 1.01e-5))));
        Assert.Equal(StopReason.Converged, average.Add(Models(1)[0], Step(-500 + (Rows * 1.99e-5))));
        StoppingRule total = Rule(StoppingTest.Rise, isMonotone: true, target: ToleranceTarget.Total);
        total.Add(Models(1)[0], Step(-500));
        Assert.Null(total.Add(Models(1)[0], Step(-500 + 1.01e-5)));
        Assert.Equal(StopReason.Converged, total.Add(Models(1)[0], Step(-500 + 1.99e-5)));
    }

    [Fact]
    public void SignedRise_Fall_ConvergesWhateverItsCause()
    {
        StoppingRule rule = Rule(StoppingTest.SignedRise, isMonotone: true, tolerance: 0);
        rule.Add(Models(1)[0], Step(-500));
        Assert.Null(rule.Add(Models(1)[0], Step(-500 - 1e-12)));
        Assert.Equal(StopReason.Converged, rule.Add(Models(1)[0], Step(-501)));
        Assert.True(rule.HasFallen);
    }

    [Fact]
    public void Change_LargeFall_GoesOn()
    {
        StoppingRule rule = Rule(StoppingTest.Change, isMonotone: false, tolerance: 1e-3);
        rule.Add(Models(1)[0], Step(-500));
        Assert.Null(rule.Add(Models(1)[0], Step(-502)));
        Assert.Equal(StopReason.Converged, rule.Add(Models(1)[0], Step(-502.5)));
    }

    [Theory]
    [InlineData(0.995, false)]
    [InlineData(1.01, true)]
    public void HasFallen_FallOfAboutTheRounding_IsOneAboveIt(double share, bool isFall)
    {
        StoppingRule rule = Rule(StoppingTest.Rise, isMonotone: false, tolerance: 0);
        double rounding = 64 * Math.ScaleB(1, -52) * (500 + (Rows * 1e10));
        rule.Add(Models(1)[0], Step(-500, condition: 1e10));
        rule.Add(Models(1)[0], Step(-500 - (share * rounding), condition: 1e10));
        Assert.Equal(isFall, rule.HasFallen);
    }

    [Fact]
    public void Change_AverageOfRowsWithWeights_IsByTheirSum()
    {
        // A rise of 2 is 2e-3 for each of a thousand rows, and 5e-4 for each unit of a weight of four thousand.
        StoppingRule rule = Rule(StoppingTest.Change, isMonotone: false, tolerance: 1e-3);
        rule.Add(Models(1)[0], Step(-500));
        Assert.Null(rule.Add(Models(1)[0], Step(-498)));
        Assert.Equal(StopReason.Converged, rule.Add(Models(1)[0], Step(-496) with { TotalWeight = 4 * Rows }));
    }

    private static StoppingRule Rule(
        StoppingTest test, bool isMonotone, double tolerance = 1e-5, ToleranceTarget target = ToleranceTarget.Average) => new(
        ResolvedOptions.ForTrainer(
            new GmmOptions
            {
                Stopping = new() { Test = test, Tolerance = tolerance, ToleranceOn = target },
            }, 1, Structures.Make("diagonal", 1)),
        Math.ScaleB(1, -52), isMonotone);

    private static GaussianMixture[] Models(int count) =>
        [.. Enumerable.Range(0, count).Select(i => new GaussianMixture(Structures.Make("diagonal", 1), [1.0], [i], [1.0]))];

    private static EmStepResult Step(double logLikelihood, bool weightFloorActed = false, double condition = 1) => new()
    {
        Update = new UpdateResult(1) { WeightFloorActed = weightFloorActed },
        LogLikelihood = logLikelihood,
        Objective = logLikelihood,
        Rows = Rows,
        TotalWeight = Rows,
        Magnitude = Math.Abs(logLikelihood),
        Condition = condition,
        CenteredShare = 0,
    };
}

using GmmNative.Estimation.Options;
using GmmNative.Estimation.Steps;
using GmmNative.Maximization;
using GmmNative.Tests.Support;
using Xunit;

namespace GmmNative.Tests.Estimation;

/// <summary>Which of log-likelihood and objective a stopping rule looks at, and what it keeps.</summary>
public sealed class StoppingRuleObjectiveTests
{
    [Fact]
    public void Add_FirstIteration_NeverEnds()
    {
        foreach (StoppingTest test in Enum.GetValues<StoppingTest>())
        {
            StoppingRule rule = Rule(test, tolerance: 1e9);
            Assert.Null(rule.Add(Model(0), Step(-500, -500)));
            Assert.True(rule.IsLastBest);
            Assert.False(rule.HasFallen);
        }
    }

    [Fact]
    public void Rise_LogLikelihoodFallsWhileTheObjectiveRises_GoesOn()
    {
        StoppingRule rule = Rule(StoppingTest.Rise, tolerance: 1e-5);
        rule.Add(Model(0), Step(-500, -600));
        Assert.Null(rule.Add(Model(1), Step(-510, -590)));
        Assert.False(rule.HasFallen);
        Assert.Equal(1, rule.Best!.Mean(0)[0]);
        Assert.Equal(StopReason.Fell, rule.Add(Model(2), Step(-480, -595)));
    }

    [Fact]
    public void Change_LooksAtTheObjectiveInBothDirections()
    {
        StoppingRule rule = Rule(StoppingTest.Change, tolerance: 1);
        rule.Add(Model(0), Step(-500, -600));
        Assert.Null(rule.Add(Model(1), Step(-500, -598.9)));
        Assert.Equal(StopReason.Converged, rule.Add(Model(2), Step(-500, -599.8)));
        rule = Rule(StoppingTest.Change, tolerance: 1);
        rule.Add(Model(0), Step(-500, -600));
        Assert.Equal(StopReason.Converged, rule.Add(Model(1), Step(-300, -599.1)));
    }

    [Fact]
    public void SignedRise_LooksAtTheLogLikelihood()
    {
        StoppingRule rule = Rule(StoppingTest.SignedRise, tolerance: 1);
        rule.Add(Model(0), Step(-500, -600));
        Assert.Null(rule.Add(Model(1), Step(-498, -700)));
        Assert.Equal(StopReason.Converged, rule.Add(Model(2), Step(-498.5, -650)));
    }

    [Fact]
    public void SignedRise_SmallRiseAboveTheTolerance_GoesOn()
    {
        StoppingRule rule = Rule(StoppingTest.SignedRise, tolerance: 0.1);
        rule.Add(Model(0), Step(-500, -500));
        Assert.Null(rule.Add(Model(1), Step(-499.5, -499.5)));
        Assert.Equal(StopReason.Converged, rule.Add(Model(2), Step(-499.45, -499.45)));

        // A fall of the last digits counts as no rise.
        rule = Rule(StoppingTest.SignedRise, tolerance: 0.1);
        rule.Add(Model(0), Step(-500, -500));
        Assert.Equal(StopReason.Converged, rule.Add(Model(1), Step(-500 - 1e-12, -500)));
    }

    [Fact]
    public void Add_EqualObjectives_KeepsTheFirst()
    {
        StoppingRule rule = Rule(StoppingTest.Change, tolerance: 0);
        EmStepResult first = Step(-500, -500);
        rule.Add(Model(0), first);
        rule.Add(Model(1), Step(-500, -500));
        Assert.Equal(0, rule.Best!.Mean(0)[0]);
        Assert.Same(first, rule.BestStep);
        Assert.True(rule.IsLastBest);
    }

    [Fact]
    public void IsLastBest_FallWithinTheTolerance_HoldsStill()
    {
        StoppingRule rule = Rule(StoppingTest.Rise, tolerance: 1);
        rule.Add(Model(0), Step(-500, -500));
        Assert.Equal(StopReason.Converged, rule.Add(Model(1), Step(-501, -501)));
        Assert.True(rule.IsLastBest);
        Assert.False(rule.HasFallen);
        rule.Add(Model(2), Step(-501.1, -501.1));
        Assert.False(rule.IsLastBest);
    }

    [Fact]
    public void HasFallen_OnceTrue_StaysSo()
    {
        StoppingRule rule = Rule(StoppingTest.Change, tolerance: 0);
        rule.Add(Model(0), Step(-500, -500));
        rule.Add(Model(1), Step(-510, -510));
        rule.Add(Model(2), Step(-400, -400));
        Assert.True(rule.HasFallen);
        Assert.True(rule.IsLastBest);
    }

    private static StoppingRule Rule(StoppingTest test, double tolerance)
    {
        GmmOptions options = new() { Stopping = new() { Test = test, Tolerance = tolerance, ToleranceOn = ToleranceTarget.Total } };
        ResolvedOptions resolved = ResolvedOptions.ForTrainer(options, 1, Structures.Make("diagonal", 1));
        return new StoppingRule(resolved, Math.ScaleB(1, -52), isMonotone: true);
    }

    private static GaussianMixture Model(int mean) => new(Structures.Make("diagonal", 1), [1.0], [mean], [1.0]);

    private static EmStepResult Step(double logLikelihood, double objective) => new()
    {
        Update = new UpdateResult(1),
        LogLikelihood = logLikelihood,
        Objective = objective,
        Rows = 10,
        TotalWeight = 10,
        Magnitude = Math.Abs(logLikelihood),
        Condition = 1,
        CenteredShare = 0,
    };
}

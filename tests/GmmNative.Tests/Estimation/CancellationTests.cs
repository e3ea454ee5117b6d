using GmmNative.Tests.Support;
using Xunit;

namespace GmmNative.Tests.Estimation;

/// <summary>Ending the work early, at every stage.</summary>
public sealed class CancellationTests
{
    private static readonly GaussianMixture Start = RandomMixtures.Model(new Random(3), Structures.Make("diagonal", 2), 3);
    private static readonly double[] Rows = RandomMixtures.Rows(new Random(1), Start, 500);

    private static IVectorSource Source => VectorSource.From((ReadOnlyMemory<double>)Rows, 2);

    [Fact]
    public void Fit_CancelledBeforehand_ThrowsAndKeepsParameters()
    {
        GaussianMixtureModeling estimator = new(1, 3);
        estimator.SetParameters(Start);
        Assert.ThrowsAny<OperationCanceledException>(() => estimator.Fit(Source, cancellationToken: new CancellationToken(true)));
        Assert.Same(Start.WithStructure(Start.Structure), estimator.Parameters);
    }

    [Theory]
    [InlineData(InitializationMethod.LindeBuzoGray)]
    [InlineData(InitializationMethod.KMeansPlusPlus)]
    [InlineData(InitializationMethod.Random)]
    public void Initialize_CancelledBeforehand_ThrowsAndKeepsParameters(InitializationMethod method)
    {
        GaussianMixtureModeling estimator = new(1, 3);
        Assert.ThrowsAny<OperationCanceledException>(
            () => estimator.Initialize(Source, method, cancellationToken: new CancellationToken(true)));
        Assert.Null(estimator.Parameters);
    }

    [Fact]
    public void Fit_CancelledDuringWarmup_ThrowsAndHasNoParameters()
    {
        using CancellationTokenSource cancel = new();
        GaussianMixtureModeling estimator = new(1, 3);
        ProgressList progress = new(item => cancel.Cancel());
        Assert.ThrowsAny<OperationCanceledException>(() => estimator.Fit(Source, progress: progress, cancellationToken: cancel.Token));
        Assert.Null(estimator.Parameters);
        Assert.Single(progress.Items);
    }

    [Fact]
    public void Fit_CancelledInTheMiddle_ReturnsTheLastCompleteIteration()
    {
        using CancellationTokenSource cancel = new();
        GaussianMixtureModeling estimator = new(1, 3, new GmmOptions { Stopping = new() { Iterations = 50, Tolerance = 0 } });
        estimator.SetParameters(Start);
        GmmFitResult result = estimator.Fit(
            Source, returnPosterior: true, new ProgressList(item => Cancel(item, 3, cancel)), cancel.Token);
        Assert.Equal(StopReason.Cancelled, result.StopReason);
        Assert.Equal(3, result.History.Count);
        Assert.Null(result.Posterior);
        GaussianMixtureModeling three = new(1, 3, new GmmOptions { Stopping = new() { Iterations = 3, Tolerance = 0 } });
        three.SetParameters(Start);
        Bits.AssertSame(three.Fit(Source).Model, result.Model, "model");
        Assert.Same(result.Model, estimator.Parameters);
    }

    [Fact]
    public void Fit_CancelledWhenOnlyThePosteriorIsLeft_ReturnsTheModelWithoutIt()
    {
        using CancellationTokenSource cancel = new();
        GaussianMixtureModeling estimator = new(1, 3, new GmmOptions { Stopping = new() { Iterations = 2, Tolerance = 0 } });
        estimator.SetParameters(Start);
        GmmFitResult result = estimator.Fit(
            Source, returnPosterior: true, new ProgressList(item => Cancel(item, 2, cancel)), cancel.Token);
        Assert.Equal(StopReason.Cancelled, result.StopReason);
        Assert.Null(result.Posterior);
        Assert.Equal(2, result.History.Count);
    }

    [Fact]
    public void Scores_CancelledBeforehand_Throw()
    {
        CancellationToken cancelled = new(true);
        Assert.ThrowsAny<OperationCanceledException>(() => Start.LogDensities(Source, null, cancelled));
        Assert.ThrowsAny<OperationCanceledException>(() => Start.Posteriors(Source, null, cancelled));
        Assert.ThrowsAny<OperationCanceledException>(() => Start.Labels(Source, null, cancelled));
        Assert.ThrowsAny<OperationCanceledException>(() => Start.Transform(Source, null, cancelled));
    }

    private static void Cancel(EmIteration item, int after, CancellationTokenSource cancel)
    {
        if (item.Iteration == after)
        {
            cancel.Cancel();
        }
    }
}

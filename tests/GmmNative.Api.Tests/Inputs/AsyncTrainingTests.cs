using CommunityToolkit.HighPerformance;
using GmmNative.Api.Tests.Support;
using Xunit;

namespace GmmNative.Api.Tests.Inputs;

/// <summary>Training on rows that arrive later, without blocking the calling thread.</summary>
public sealed class AsyncTrainingTests
{
    private static readonly GaussianMixtureTrainer Trainer = new(2, Samples.Options);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task FitAsync_EachFormOfRows_GivesTheSameModel()
    {
        ReadOnlyMemory2D<double> all = Samples.Matrix;
        ReadOnlyMemory2D<float> single = Samples.SingleMatrix;
        GmmFitResult[] results =
        [
            await Trainer.FitAsync(VectorSource.From(Samples.Jagged), cancellationToken: Token),
            await Trainer.FitAsync(Later(all[..100, ..], all[100..100, ..], all[100.., ..]), cancellationToken: Token),
            await Trainer.FitAsync(Later(single[..1, ..], single[1.., ..]), cancellationToken: Token),
            await Trainer.FitAsync(Later(Samples.Jagged), cancellationToken: Token),
            await Trainer.FitAsync(Later(Samples.SingleJagged), cancellationToken: Token),
        ];
        Assert.All(results, result => Assert.Equal(Samples.Model.Means.ToArray(), result.Model.Means.ToArray()));
    }

    [Fact]
    public async Task FitAsync_Source_RunsOnAnotherThread()
    {
        // The training waits for its caller. If it ran on the caller's thread, both would be blocked.
        using ManualResetEventSlim gate = new();
        bool isOpened = true;
        Task<GmmFitResult> training = Trainer.FitAsync(
            VectorSource.From(Samples.Jagged), progress: new Reports(_ => isOpened &= gate.Wait(TimeSpan.FromMinutes(5))),
            cancellationToken: Token);
        Assert.False(training.IsCompleted);
        gate.Set();
        Assert.Equal(Samples.Model.Means.ToArray(), (await training).Model.Means.ToArray());
        Assert.True(isOpened);
    }

    [Fact]
    public async Task FitAsync_CancelledBetweenBatches_Throws()
    {
        using CancellationTokenSource source = new();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Trainer.FitAsync(CancelAfterOne(source), cancellationToken: source.Token));
    }

    [Fact]
    public async Task FitAsync_CancelledAfterAnIteration_HasItsModel()
    {
        using CancellationTokenSource source = new();
        Reports reports = new(iteration =>
        {
            if (iteration is { Phase: TrainingPhase.Em, Iteration: 2 })
            {
                source.Cancel();
            }
        });
        GmmFitResult result = await new GaussianMixtureTrainer(2, Samples.Options with
        {
            Stopping = Samples.Options.Stopping with { Tolerance = 0, Iterations = 100 },
        })
            .FitAsync(VectorSource.From(Samples.Jagged), progress: reports, cancellationToken: source.Token);
        Assert.Equal(StopReason.Cancelled, result.StopReason);
        Assert.Equal(2, result.History.Count);
    }

    [Fact]
    public async Task FitAsync_BadBatch_NamesTheRow()
    {
        VectorDataException wide = await Assert.ThrowsAsync<VectorDataException>(() => Trainer.FitAsync(
            Later<ReadOnlyMemory2D<double>>(new double[2, 3], new double[1, 4]), cancellationToken: Token));
        Assert.Equal("Row 3 has length 4, but row 1 has length 3; all rows need the same length.", wide.Message);
        VectorDataException missing = await Assert.ThrowsAsync<VectorDataException>(
            () => Trainer.FitAsync(Later<double[]>([1, 2], null!), cancellationToken: Token));
        Assert.Equal("Row 2 is null.", missing.Message);
        VectorDataException nothing = await Assert.ThrowsAsync<VectorDataException>(
            () => Trainer.FitAsync(Later<ReadOnlyMemory2D<float>>(), cancellationToken: Token));
        Assert.Equal("There are no rows.", nothing.Message);
    }

    private static async IAsyncEnumerable<T> Later<T>(params T[] items)
    {
        foreach (T item in items)
        {
            await Task.Yield();
            yield return item;
        }
    }

    private static async IAsyncEnumerable<double[]> CancelAfterOne(CancellationTokenSource source)
    {
        yield return [1, 2];
        await source.CancelAsync();
        yield return [2, 1];
    }

    private sealed class Reports(Action<EmIteration> act) : IProgress<EmIteration>
    {
        public void Report(EmIteration value) => act(value);
    }
}

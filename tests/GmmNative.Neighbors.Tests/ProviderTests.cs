using GmmNative.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace GmmNative.Neighbors.Tests;

/// <summary>Models as services that are loaded again when their file changes.</summary>
public sealed class ProviderTests : IDisposable
{
    private static readonly GaussianMixture First = Model(1);
    private static readonly GaussianMixture Second = Model(2);

    private readonly TestFolder _folder = new();
    private readonly RecordingLogger _logger = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(10, 100_000)]
    [InlineData(100_000, 20)]
    public async Task File_Replaced_IsInUse(int delay, int interval)
    {
        // By the events of the system, and by the checks at intervals alone.
        using GaussianMixtureProvider provider = Open(delay, interval);
        MixtureScorer before = provider.Scorer;
        TaskCompletionSource<LoadedMixture> reloaded = new();
        provider.Reloaded += (_, _) => throw new InvalidOperationException("This handler fails.");
        provider.Reloaded += (_, loaded) => reloaded.TrySetResult(loaded);
        ModelFile.Save(Second, _folder["model.npz"]);
        LoadedMixture now = await reloaded.Task.WaitAsync(Token);
        Assert.Equal(2, now.Model.Mean(0)[0]);
        Assert.Same(now, provider.Current);
        Assert.Equal(1, before.Model.Mean(0)[0]);
        Assert.Equal(Second.CreateScorer().LogDensity([0.5, 1]), provider.Scorer.LogDensity([0.5, 1]));
        await Until(() => _logger.Entries.Any(entry => entry.Level == LogLevel.Error));
    }

    [Fact]
    public async Task File_HalfWritten_KeepsTheOldModelUntilItIsWhole()
    {
        using GaussianMixtureProvider provider = Open(10, 100_000);
        byte[] bytes = ModelFile.Save(Second, ModelFileFormat.Npz);
        using (FileStream file = File.Create(_folder["model.npz"]))
        {
            file.Write(bytes.AsSpan(0, bytes.Length / 2));
            file.Flush();
            await Until(() => !_logger.Entries.IsEmpty);
            Assert.Equal(1, provider.Model.Mean(0)[0]);
            Assert.All(_logger.Entries, entry => Assert.Equal(LogLevel.Warning, entry.Level));
            Assert.Contains("model.npz", _logger.Entries.First().Text, StringComparison.Ordinal);
            Assert.EndsWith("The old model stays in use.", _logger.Entries.First().Text, StringComparison.Ordinal);
            file.Write(bytes.AsSpan(bytes.Length / 2));
        }

        await Until(() => provider.Model.Mean(0)[0] == 2);
    }

    [Fact]
    public void Reload_WrongFiles_KeepTheOldModel()
    {
        using GaussianMixtureProvider provider = Open(100_000, 100_000);
        LoadedMixture before = provider.Current;
        File.WriteAllText(_folder["model.npz"], "no model");
        Assert.False(provider.Reload());
        File.Delete(_folder["model.npz"]);
        Assert.False(provider.Reload());
        ModelFile.Save(new GaussianMixture(new CovarianceStructure(CovarianceKind.Diagonal, 1), [1], [0], [1]), _folder["model.npz"]);
        Assert.False(provider.Reload());
        Assert.Same(before, provider.Current);
        Assert.Equal(3, _logger.Entries.Count);
        Assert.Contains("the new model has dimension 1, but the one in use has 2", _logger.Entries.Last().Text, StringComparison.Ordinal);
        ModelFile.Save(Second, _folder["model.npz"]);
        Assert.True(provider.Reload());
        Assert.Equal(2, provider.Model.Mean(0)[0]);
    }

    [Fact]
    public void Reload_OtherDimensionAllowed_IsInUse()
    {
        ModelFile.Save(First, _folder["model.npz"]);
        using GaussianMixtureProvider provider = new(
            _folder["model.npz"], new() { ReloadOnChange = false, AllowOtherDimension = true }, _logger);
        ModelFile.Save(new GaussianMixture(new CovarianceStructure(CovarianceKind.Diagonal, 1), [1], [0], [1]), _folder["model.npz"]);
        Assert.True(provider.Reload());
        Assert.Equal(1, provider.Model.Dimension);
    }

    [Fact]
    public async Task Reload_WhileThreadsScore_GivesOneOfBothModels()
    {
        using GaussianMixtureProvider provider = Open(100_000, 100_000);
        double[] possible = [First.CreateScorer().LogDensity([0.5, 1]), Second.CreateScorer().LogDensity([0.5, 1])];
        using CancellationTokenSource done = new();
        Task<int>[] readers = [.. Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            int count = 0;
            for (; !done.IsCancellationRequested || count == 0; count++)
            {
                LoadedMixture now = provider.Current;
                Assert.Contains(now.Scorer.LogDensity([0.5, 1]), possible);
                Assert.Same(now.Model, now.Scorer.Model);
            }

            return count;
        }))];
        for (int i = 0; i < 40; i++)
        {
            ModelFile.Save(i % 2 == 0 ? Second : First, _folder["model.npz"]);
            Assert.True(provider.Reload());
        }

        await done.CancelAsync();
        Assert.All(await Task.WhenAll(readers), count => Assert.True(count > 0));
    }

    [Fact]
    public void Services_PlainAndKeyed_AreTheModelsInUse()
    {
        ModelFile.Save(First, _folder["first.npz"]);
        ModelFile.Save(Second, _folder["second.json"]);
        ServiceCollection services = new();
        services.AddGaussianMixture(_folder["first.npz"], options => options.ReloadOnChange = false);
        services.AddKeyedGaussianMixture("other", _folder["second.json"], options => options.ReloadOnChange = false);
        using ServiceProvider provider = services.BuildServiceProvider();
        Assert.Equal(1, provider.GetRequiredService<GaussianMixture>().Mean(0)[0]);
        Assert.Equal(2, provider.GetRequiredKeyedService<GaussianMixture>("other").Mean(0)[0]);
        Assert.Same(provider.GetRequiredService<MixtureScorer>(), provider.GetRequiredService<LoadedMixture>().Scorer);
        MixtureScorer before = provider.GetRequiredKeyedService<MixtureScorer>("other");
        Assert.True(provider.GetRequiredKeyedService<GaussianMixtureProvider>("other").Reload());
        Assert.NotSame(before, provider.GetRequiredKeyedService<MixtureScorer>("other"));
        Assert.Null(provider.GetKeyedService<GaussianMixture>("missing"));
    }

    [Fact]
    public void Open_WrongUse_Throws()
    {
        Assert.Throws<ModelFileException>(() => new GaussianMixtureProvider(_folder["missing.npz"]));
        ModelFile.Save(First, _folder["model.npz"]);
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new GaussianMixtureProvider(_folder["model.npz"], new() { ReloadDelay = TimeSpan.Zero }));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new GaussianMixtureProvider(_folder["model.npz"], new() { CheckInterval = TimeSpan.FromDays(30) }));
    }

    private static GaussianMixture Model(double mean) => new(
        new CovarianceStructure(CovarianceKind.Diagonal, 2), [0.5, 0.5], [mean, 1, 4, 5], [1, 2, 3, 4]);

    private GaussianMixtureProvider Open(int delay, int interval)
    {
        ModelFile.Save(First, _folder["model.npz"]);
        return new GaussianMixtureProvider(
            _folder["model.npz"],
            new() { ReloadDelay = TimeSpan.FromMilliseconds(delay), CheckInterval = TimeSpan.FromMilliseconds(interval) }, _logger);
    }

    private static async Task Until(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Delay(5, Token);
        }
    }
}

using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Cli.Tests;

/// <summary>Starts through the program: <c>--init kmeans</c>, models with too few components, and <c>--restarts</c>.</summary>
[Trait("Lane", "Slow")]
public sealed class StartCommandTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Train_InitKmeans_IsTheStartOfTheScikitLearnPreset()
    {
        Train("a.npz", "-k", "4", "--preset", "scikit-learn");
        Train("b.npz", "-k", "4", "--preset", "scikit-learn", "--init", "kmeans");
        Assert.Equal(File.ReadAllBytes(_folder["a.npz"]), File.ReadAllBytes(_folder["b.npz"]));
    }

    [Fact]
    public void Train_ModelWithTooFewComponents_IsSplit()
    {
        Train("one.npz", "-k", "1", "--covariance", "full");
        Train("four.npz", "-k", "4", "--init", "one.npz", "--seed", "1");
        Train("same.npz", "-k", "4", "--init", "one.npz", "--seed", "2");
        Assert.Equal(4, ModelFile.Load(_folder["four.npz"]).ComponentCount);
        Assert.Equal(CovarianceKind.Full, ModelFile.Load(_folder["four.npz"]).Structure.Kind);
        Assert.Equal(File.ReadAllBytes(_folder["four.npz"]), File.ReadAllBytes(_folder["same.npz"]));
        Failing.Check(
            _folder, 1, ["train", TestData.Faithful, "-k", "3", "--init", "four.npz", "-o", "x.npz"],
            ["--init four.npz", "the model has 4 components, but -k specifies 3", "split"]);
        Failing.Check(
            _folder, 1, ["train", TestData.Faithful, "-k", "5", "--ubm", "four.npz", "-o", "x.npz"],
            ["--ubm four.npz", "the model has 4 components, but -k specifies 5"]);
    }

    [Fact]
    public void Train_Restarts_AreRepeatable()
    {
        Train("a.npz", "-k", "6", "--init", "random", "--restarts", "5", "--seed", "3", "--threads", "1");
        Train("b.npz", "-k", "6", "--init", "random", "--restarts", "5", "--seed", "3", "--threads", "2");
        Assert.Equal(File.ReadAllBytes(_folder["a.npz"]), File.ReadAllBytes(_folder["b.npz"]));
        Train("c.npz", "-k", "6", "--init", "random", "--restarts", "1", "--seed", "3");
        Train("d.npz", "-k", "6", "--init", "random", "--seed", "3");
        Assert.Equal(File.ReadAllBytes(_folder["c.npz"]), File.ReadAllBytes(_folder["d.npz"]));
    }

    [Theory]
    [InlineData("--restarts 0", "--restarts: '0' is not a whole number of at least 1")]
    [InlineData("--restarts 2 --init m.npz", "--restarts: training starts from the --init model")]
    [InlineData("--restarts 2 --ubm m.npz", "--restarts: training starts from the --ubm model")]
    [InlineData("--init forgy", "'forgy' is neither a start (auto, kmeans++, kmeans, lbg, random, responsibilities)")]
    public void Train_WrongStart_IsWrongUsage(string options, string message)
    {
        Train("m.npz", "-k", "2");
        Failing.Check(
            _folder, 2, ["train", TestData.Faithful, "-k", "2", .. options.Split(' '), "-o", "x.npz"], [message]);
    }

    private void Train(string model, params string[] options)
    {
        GmmProcessResult result = GmmProcess.Run(
            ["train", TestData.Faithful, "-o", model, "-q", .. options], workingDirectory: _folder.Root);
        Assert.True(result.ExitCode == 0, result.StandardError);
    }
}

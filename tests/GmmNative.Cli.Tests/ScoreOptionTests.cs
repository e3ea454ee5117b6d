using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Cli.Tests;

/// <summary>score --against and --threshold, posterior --top, and compare.</summary>
[Trait("Lane", "Slow")]
public sealed class ScoreOptionTests : IDisposable
{
    private static readonly double[] Values = [0.5, -1, 9, 22, 4, 8, 10, 20, 30, -30];

    private readonly TestFolder _folder = new();

    public ScoreOptionTests()
    {
        ModelFile.Save(TestData.Model, _folder["model.npz"]);
        ModelFile.Save(TestData.FullModel, _folder["background.npz"]);
        ModelFile.Save(TestData.Model.WithColumns(["a", "b"]), _folder["named.npz"]);
        ModelFile.Save(TestData.FullModel.WithColumns(["a", "c"]), _folder["other-names.npz"]);
        ModelFile.Save(TestData.FullModel.WithColumns(["a", "b"]).OrderColumns(["b", "a"]), _folder["swapped.npz"]);
        ModelFile.Save(TestData.Model.Marginal(1), _folder["one.npz"]);
        _folder.Write("data.npy", TestData.Npy(2, Values));
        _folder.Write("column.npy", TestData.Npy(1, Values));
        _folder.Write("empty.npy", TestData.Npy(2));
        double[,] training = TestData.Model.Sample(1001, 1);
        _folder.Write("training.npy", TestData.Npy(2, [.. training.Cast<double>()]));
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("model.npz", "background.npz")]
    [InlineData("named.npz", "background.npz")]
    [InlineData("named.npz", "swapped.npz")]
    public void Score_AgainstABackground_IsTheDifferenceOfLogDensities(string model, string background)
    {
        double[] expected = [.. Lines(Succeed($"score {model} data.npy")).Zip(
            Lines(Succeed("score background.npz data.npy")), (p, q) => p - q)];
        GmmProcessResult result = Succeed($"score {model} data.npy --against {background}");
        AssertClose(expected, Lines(result));
        Assert.Equal(
            string.Create(
                CultureInfo.InvariantCulture,
                $"5 rows: average log-likelihood ratio {expected.Average():F6} nats, total {expected.Sum():F4} nats"),
            Assert.Single(result.ErrorLines));
        Succeed($"score {model} data.npy --against {background} -o ratios.npy --threads 3");
        Assert.Equal(Lines(result), TestData.ReadNpy(_folder["ratios.npy"]));
    }

    [Fact]
    public void Score_ThresholdInNats_MarksTheRowsBelow()
    {
        double[] densities = Lines(Succeed("score model.npz data.npy"));
        GmmProcessResult result = Succeed("score model.npz data.npy --threshold -8.5 -o densities.npy --anomalies anomalies.i32");
        Assert.Empty(result.StandardOutput);
        Assert.Equal(densities, TestData.ReadNpy(_folder["densities.npy"]));
        int[] expected = [.. densities.Select(density => density < -8.5 ? 1 : 0)];
        Assert.InRange(expected.Sum(), 1, 4);
        Assert.Equal(expected, MemoryMarshal.Cast<byte, int>(File.ReadAllBytes(_folder["anomalies.i32"])).ToArray());
        Assert.EndsWith($", {expected.Sum()} rows below -8.500000 nats", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
        GmmProcessResult text = Succeed("score model.npz data.npy --threshold -8.5");
        Assert.Equal(densities, Lines(text));
        Assert.Equal(result.StandardError, text.StandardError);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" --against background.npz")]
    public void Score_ThresholdInPercent_IsThePercentileOfTheTrainingRows(string against)
    {
        double[] training = Lines(Succeed($"score model.npz training.npy{against}"));
        double threshold = training.Order().ElementAt(50);
        GmmProcessResult result = Succeed(
            $"score model.npz training.npy --threshold 5% --training training.npy --anomalies a.csv{against}");
        Assert.Equal(training.Select(density => density < threshold ? "1" : "0"), File.ReadAllLines(_folder["a.csv"]));
        Assert.EndsWith(
            string.Create(CultureInfo.InvariantCulture, $", 50 rows below {threshold:F6} nats"), Assert.Single(result.ErrorLines),
            StringComparison.Ordinal);
        Succeed($"score model.npz data.npy --threshold 5% --training training.npy --anomalies data.csv{against}");
        Assert.Equal(
            Lines(Succeed($"score model.npz data.npy{against}")).Select(density => density < threshold ? "1" : "0"),
            File.ReadAllLines(_folder["data.csv"]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Posterior_Top_WritesComponentsAndTheirPosteriors(int count)
    {
        Succeed("posterior model.npz data.npy -o all.npy");
        double[] all = TestData.ReadNpy(_folder["all.npy"]);
        GmmProcessResult result = Succeed($"posterior model.npz data.npy --top {count} -o top.npy");
        Assert.Equal($"5 rows, the {count} largest of 2 components", Assert.Single(result.ErrorLines));
        double[] top = TestData.ReadNpy(_folder["top.npy"]);
        Assert.Equal(5 * 2 * count, top.Length);
        for (int t = 0; t < 5; t++)
        {
            double[] row = all[(2 * t)..((2 * t) + 2)];
            int[] order = [.. Enumerable.Range(0, 2).OrderByDescending(k => row[k]).Take(count)];
            Assert.Equal([.. order.Select(k => (double)k), .. order.Select(k => row[k])], top[(2 * count * t)..(2 * count * (t + 1))]);
        }
    }

    [Fact]
    public void Compare_TwoModels_AreTheDivergencesOfTheLibrary()
    {
        MixtureDivergence expected = TestData.Model.Divergence(
            TestData.FullModel, 5000, 3, new ExecutionOptions { Backend = Interop.Backends.Managed });
        string[] command = "compare model.npz background.npz -n 5000 --seed 3 --backend managed".Split(' ');
        GmmProcessResult text = GmmProcess.Run(command, workingDirectory: _folder.Root);
        Assert.Equal(
            string.Create(
                CultureInfo.InvariantCulture,
                $"D(P || Q) {expected.Forward:F6} nats, standard error {expected.ForwardError:F6}"),
            text.OutputText.Split('\n')[0].TrimEnd());
        Assert.Equal("P model.npz, Q background.npz: 5000 rows drawn from each, seed 3", Assert.Single(text.ErrorLines));
        GmmProcessResult json = GmmProcess.Run([.. command, "--json", "--threads", "3", "-q"], workingDirectory: _folder.Root);
        JsonElement found = JsonDocument.Parse(json.OutputText).RootElement;
        Assert.Equal(expected.Forward, found.GetProperty("forward").GetDouble());
        Assert.Equal(expected.ForwardError, found.GetProperty("forwardError").GetDouble());
        Assert.Equal(expected.Reverse, found.GetProperty("reverse").GetDouble());
        Assert.Equal(expected.ReverseError, found.GetProperty("reverseError").GetDouble());
        Assert.Equal((5000, 3), (found.GetProperty("rows").GetInt32(), found.GetProperty("seed").GetInt32()));
        Assert.Empty(json.ErrorLines);
    }

    [Theory]
    [InlineData("score model.npz data.npy --threshold 1%", "--training FILE")]
    [InlineData("score model.npz data.npy --threshold 101% --training training.npy", "'101%'")]
    [InlineData("score model.npz data.npy --threshold low", "'low' is neither a number nor a percentage")]
    [InlineData("score model.npz data.npy --threshold NaN", "'NaN'")]
    [InlineData("score model.npz data.npy --threshold 3 --training training.npy", "omit it")]
    [InlineData("score model.npz data.npy --training training.npy", "--threshold")]
    [InlineData("score model.npz data.npy --anomalies a.npy", "--threshold")]
    [InlineData("score model.npz data.npy --threshold 3 --anomalies a.f64x", "--anomalies")]
    [InlineData("score model.npz data.npy --threshold 1% --training training.npy --anomalies training.npy", "the same file")]
    [InlineData("score model.npz data.npy --against background.npz -o background.npz", "the same file")]
    [InlineData("score model.npz - --threshold 1% --training - --dimension 2", "standard input")]
    [InlineData("posterior model.npz data.npy --top 3 -o top.npy", "only 2 components")]
    [InlineData("posterior model.npz data.npy --top 0 -o top.npy", "'0'")]
    [InlineData("compare model.npz", "Q is missing")]
    [InlineData("compare model.npz background.npz -n 1", "at least 2")]
    public void AnyCommand_WrongUse_IsOneLine(string command, string expected) => Failing.Check(_folder, 2, command.Split(' '), [expected]);

    [Theory]
    [InlineData("score model.npz data.npy --against one.npz", "has dimension 1")]
    [InlineData("score named.npz data.npy --against other-names.npz", "'b'")]
    [InlineData("score model.npz data.npy --against none.npz", "none.npz")]
    [InlineData("score model.npz data.npy --threshold 1% --training column.npy", "column.npy: its vectors have dimension 1")]
    [InlineData("score model.npz data.npy --threshold 1% --training empty.npy", "no rows")]
    [InlineData("score model.npz data.npy --threshold 1% --training none.npy", "none.npy")]
    [InlineData("compare model.npz one.npz", "has dimension 1")]
    [InlineData("compare named.npz other-names.npz", "'b'")]
    public void AnyCommand_FilesThatDoNotMatch_IsOneLine(string command, string expected) =>
        Failing.Check(_folder, 1, command.Split(' '), [expected]);

    private static double[] Lines(GmmProcessResult result) =>
        [.. result.OutputText.TrimEnd('\n').Split('\n').Select(line => double.Parse(line, CultureInfo.InvariantCulture))];

    private static void AssertClose(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], 1e-11 * Math.Max(1, Math.Abs(expected[i])));
        }
    }

    private GmmProcessResult Succeed(string command)
    {
        GmmProcessResult result = GmmProcess.Run(command.Split(' '), workingDirectory: _folder.Root);
        Assert.True(result.ExitCode == 0, result.StandardError);
        return result;
    }
}

using System.Globalization;
using System.Text.Json;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Cli.Tests;

/// <summary>Row weights through the program: <c>--weights</c> and <c>--weight-column</c> of train and score.</summary>
[Trait("Lane", "Slow")]
public sealed class RowWeightCommandTests : IDisposable
{
    private const int Count = 60;

    private readonly TestFolder _folder = new();
    private readonly double[] _weights = [.. Enumerable.Range(0, Count).Select(i => (double)(i % 4))];

    public RowWeightCommandTests()
    {
        Write("data.csv", "x,y", i => [X(i), Y(i)]);
        Write("weighted.csv", "x,w,y", i => [X(i), _weights[i], Y(i)]);
        Write("repeated.csv", "x,y", i => [X(i), Y(i)], i => (int)_weights[i]);
        Write("bare.csv", null, i => [X(i), _weights[i], Y(i)]);
        Write("weights.txt", null, i => [_weights[i]]);
        Write("ones.txt", null, _ => [1]);
        Write("negative.txt", null, i => [i == 2 ? -1.5 : 1]);
        Write("zero.txt", null, _ => [0]);
        Write("two.txt", null, _ => [1, 2]);
        Write("short.txt", null, _ => [1], i => i < 7 ? 1 : 0);
        Write("nan.txt", null, i => [i == 3 ? double.NaN : 1]);
        Write("bad.csv", "x,w,y", i => [X(i), i == 4 ? -2 : 1, Y(i)]);
        File.WriteAllBytes(_folder["weights.npy"], Npy($"({Count},)"));
        File.WriteAllBytes(_folder["column.npy"], Npy($"({Count}, 1)"));
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("data.csv --weights weights.txt")]
    [InlineData("data.csv --weights weights.npy")]
    [InlineData("data.csv --weights column.npy")]
    [InlineData("weighted.csv --weight-column w")]
    [InlineData("weighted.csv --weight-column w --columns x,y")]
    [InlineData("weighted.csv --weight-column w --columns 1-3")]
    public void Train_RowWeights_CountAsRepeatedRows(string input)
    {
        Train("repeated.csv", "first.npz", "--iterations", "1");
        Train("repeated.csv", "expected.npz", "--init", "first.npz", "--iterations", "5");
        string report = Train(input, "actual.npz", "--init", "first.npz", "--iterations", "5", "--report", "report.json");
        Assert.StartsWith("60 rows of dimension 2 and total weight 90, 2 components", report, StringComparison.Ordinal);
        GaussianMixture expected = ModelFile.Load(_folder["expected.npz"]);
        GaussianMixture actual = ModelFile.Load(_folder["actual.npz"]);
        Assert.True(Near.RelativeError(expected.Weights.Span, actual.Weights.Span, 1e-3) < 1e-12);
        Assert.True(Near.RelativeError(expected.Means.Span, actual.Means.Span, 1) < 1e-12);
        Assert.True(Near.RelativeError(expected.Covariances.Span, actual.Covariances.Span, 1e-3) < 1e-11);
        Assert.Equal(["x", "y"], actual.Columns!);
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(_folder["report.json"]));
        Assert.Equal(60, document.RootElement.GetProperty("rows").GetInt64());
        Assert.Equal(90, document.RootElement.GetProperty("totalWeight").GetDouble());
        Assert.Equal(
            document.RootElement.GetProperty("totalLogLikelihood").GetDouble() / 90,
            document.RootElement.GetProperty("averageLogLikelihood").GetDouble(), 1e-12);
    }

    [Fact]
    public void Score_RowWeights_ChangeOnlyTheSummary()
    {
        Train("data.csv", "model.npz");
        GmmProcessResult plain = Succeed("score", "model.npz", "data.csv");
        GmmProcessResult repeated = Succeed("score", "model.npz", "repeated.csv");
        foreach (string input in (string[])["data.csv --weights weights.npy", "weighted.csv --weight-column w"])
        {
            GmmProcessResult result = Succeed(["score", "model.npz", .. input.Split(' ')]);
            Assert.Equal(plain.OutputText, result.OutputText);
            Assert.Equal(
                repeated.ErrorLines[0].Replace("90 rows", "60 rows of total weight 90", StringComparison.Ordinal),
                Assert.Single(result.ErrorLines));
        }

        GmmProcessResult ones = Succeed("score", "model.npz", "data.csv", "--weights", "ones.txt");
        Assert.Equal(plain.StandardError, ones.StandardError);
    }

    [Fact]
    public void Train_SeveralInputs_HaveTheirOwnWeights()
    {
        string[] lines = File.ReadAllLines(_folder["weighted.csv"]);
        _folder.Write("a.csv", string.Join('\n', lines[..21]) + "\n");
        _folder.Write("b.csv", string.Join('\n', (string[])["w,y,x", .. lines[21..].Select(line => line.Split(',')).Select(
            fields => $"{fields[1]},{fields[2]},{fields[0]}")]) + "\n");
        Train("weighted.csv --weight-column w", "one.npz");
        Train("a.csv b.csv --weight-column w", "two.npz");
        Assert.Equal(File.ReadAllBytes(_folder["one.npz"]), File.ReadAllBytes(_folder["two.npz"]));
        Train("a.csv b.csv --columns x,y --weights weights.txt", "three.npz");
        Assert.Equal(File.ReadAllBytes(_folder["one.npz"]), File.ReadAllBytes(_folder["three.npz"]));
    }

    [Fact]
    public void Train_WeightsOfOne_ChangeNothing()
    {
        Train("data.csv", "plain.npz", "--report", "plain.json");
        Train("data.csv --weights ones.txt", "ones.npz", "--report", "ones.json");
        Assert.Equal(File.ReadAllBytes(_folder["plain.npz"]), File.ReadAllBytes(_folder["ones.npz"]));
        using JsonDocument plain = JsonDocument.Parse(File.ReadAllText(_folder["plain.json"]));
        using JsonDocument ones = JsonDocument.Parse(File.ReadAllText(_folder["ones.json"]));
        Assert.Equal(
            plain.RootElement.EnumerateObject().Select(property => property.Name),
            ones.RootElement.EnumerateObject().Select(property => property.Name));
        Assert.Equal(
            plain.RootElement.GetProperty("totalLogLikelihood").GetDouble(),
            ones.RootElement.GetProperty("totalLogLikelihood").GetDouble());
    }

    [Fact]
    public void Train_WeightsFromStandardInput_AreRead()
    {
        Train("data.csv --weights weights.txt", "file.npz");
        GmmProcessResult result = GmmProcess.Run(
            ["train", "data.csv", "-k", "2", "--weights", "-", "-o", "stream.npz"], File.ReadAllBytes(_folder["weights.txt"]),
            workingDirectory: _folder.Root);
        Assert.True(result.ExitCode == 0, result.StandardError);
        Assert.Equal(File.ReadAllBytes(_folder["file.npz"]), File.ReadAllBytes(_folder["stream.npz"]));
    }

    [Theory]
    [InlineData(1, "data.csv --weights negative.txt", "negative.txt, line 3: the row weight is -1.5")]
    [InlineData(1, "data.csv --weights nan.txt", "nan.txt, line 4: the row weight is NaN")]
    [InlineData(1, "data.csv --weights zero.txt", "zero.txt: the row weights sum to 0")]
    [InlineData(1, "data.csv --weights short.txt", "short.txt: it has 7 row weights for 60 rows")]
    [InlineData(1, "data.csv --weights two.txt", "two.txt: it has 2 columns")]
    [InlineData(1, "data.csv --weights absent.txt", "absent.txt")]
    [InlineData(1, "bad.csv --weight-column w", "bad.csv, line 6: the row weight in column 'w' is -2")]
    [InlineData(2, "data.csv --weight-column w", "--weight-column: data.csv: there is no column 'w'; its columns are x, y")]
    [InlineData(2, "bare.csv --weight-column w", "--weight-column: bare.csv: there is no column 'w', because the columns have no names")]
    [InlineData(2, "weighted.csv --weight-column w --weights weights.txt", "--weights and --weight-column")]
    [InlineData(2, "- --weights -", "--weights: standard input can be read only once")]
    public void TrainAndScore_WrongRowWeights_AreOneLine(int exitCode, string input, string message)
    {
        Train("repeated.csv", "model.npz", "--iterations", "1");
        byte[]? standardInput = input.StartsWith('-') ? File.ReadAllBytes(_folder["data.csv"]) : null;
        Failing.Check(_folder, exitCode, ["train", .. input.Split(' '), "-k", "2", "-o", "x.npz"], [message], standardInput);
        Failing.Check(_folder, exitCode, ["score", "model.npz", .. input.Split(' ')], [message], standardInput);
    }

    [Fact]
    public void Help_TrainAndScore_NameRowWeights()
    {
        Assert.Contains("Row weights", Succeed("train", "--help").OutputText, StringComparison.Ordinal);
        Assert.Contains("Row weights", Succeed("score", "--help").OutputText, StringComparison.Ordinal);
        Assert.DoesNotContain("--weight-column", Succeed("predict", "--help").OutputText, StringComparison.Ordinal);
    }

    private static double X(int i) => (i % 3) + (i * i % 17 / 64.0);

    private static double Y(int i) => 20 - (i % 3 * 5) + (i % 7 / 8.0);

    private byte[] Npy(string shape)
    {
        string header = $"{{'descr': '<f8', 'fortran_order': False, 'shape': {shape}, }}";
        header = header.PadRight(117) + "\n";
        using MemoryStream bytes = new();
        bytes.Write([0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0, 118, 0]);
        bytes.Write(System.Text.Encoding.ASCII.GetBytes(header));
        foreach (double weight in _weights)
        {
            bytes.Write(BitConverter.GetBytes(weight));
        }

        return bytes.ToArray();
    }

    private void Write(string name, string? header, Func<int, double[]> row, Func<int, int>? times = null)
    {
        IEnumerable<string> lines = Enumerable.Range(0, Count).SelectMany(i => Enumerable.Repeat(
            string.Join(',', row(i).Select(x => x.ToString("R", CultureInfo.InvariantCulture))), times?.Invoke(i) ?? 1));
        _folder.Write(name, string.Concat((header is null ? lines : lines.Prepend(header)).Select(line => $"{line}\n")));
    }

    private string Train(string input, string model, params string[] more) =>
        Succeed(["train", .. input.Split(' '), "-k", "2", "-o", model, "--tolerance", "0", .. more]).StandardError;

    private GmmProcessResult Succeed(params string[] arguments)
    {
        GmmProcessResult result = GmmProcess.Run(arguments, workingDirectory: _folder.Root);
        Assert.True(result.ExitCode == 0, result.StandardError);
        return result;
    }
}

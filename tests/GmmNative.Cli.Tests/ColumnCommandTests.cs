using System.Globalization;
using System.Text.Json;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Cli.Tests;

/// <summary>Columns by name, through the program: a model scores the columns that it was trained on, in any order.</summary>
public sealed class ColumnCommandTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly (double X, double Y)[] _rows = [.. Enumerable.Range(0, 60).Select(i =>
        (i % 3 + (i / 64.0), 20 - (i % 3 * 5) + (i % 7 / 8.0)))];

    public ColumnCommandTests()
    {
        Write("train.csv", "x,y", (i, x, y) => $"{x},{y}");
        Write("swapped.csv", "y,x", (i, x, y) => $"{y},{x}");
        Write("more.csv", "note,y,x", (i, x, y) => $"word {i},{y},{x}");
        Write("missing.csv", "x,z", (i, x, y) => $"{x},{y}");
        Write("index.csv", ",x,y", (i, x, y) => $"{i},{x},{y}");
        Write("r.txt", "\"y\" \"x\"", (i, x, y) => $"\"{i}\" {y} {x}");
        Write("bare.csv", null, (i, x, y) => $"{x},{y}");
        Write("three.csv", null, (i, x, y) => $"{i},{x},{y}");
        Write("given.csv", "z,x", (i, x, y) => $"{i},{x}");
        GmmFitResult fit = new GaussianMixtureModeling(1, 2, new GmmOptions { Covariance = new() { Kind = CovarianceKind.Full } })
            .Fit(VectorFile.Open(_folder["train.csv"]));
        ModelFile.Save(fit.Model, _folder["model.npz"]);
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("train.csv", null)]
    [InlineData("bare.csv", null)]
    [InlineData("swapped.csv", null)]
    [InlineData("more.csv", "note: more.csv: column note is left out, because the model does not have it.")]
    [InlineData("index.csv", "note: index.csv: the first column has no name")]
    [InlineData("r.txt", "note: r.txt: the header has one name fewer")]
    [InlineData("three.csv --columns 2-3", null)]
    [InlineData("three.csv --columns !1", null)]
    [InlineData("more.csv --columns !note", null)]
    [InlineData("swapped.csv --columns y,x", null)]
    [Trait("Lane", "Slow")]
    public void Score_ColumnsInAnyOrder_AreReadByName(string arguments, string? note)
    {
        string expected = Succeed("score", "model.npz", "train.csv").OutputText;
        GmmProcessResult result = Succeed(["score", "model.npz", .. arguments.Split(' ')]);
        Assert.Equal(expected, result.OutputText);
        Assert.Equal(note is null ? 1 : 2, result.ErrorLines.Length);
        Assert.StartsWith(note ?? "60 rows", result.ErrorLines[0], StringComparison.Ordinal);
        Assert.Empty(Succeed(["score", "model.npz", .. arguments.Split(' '), "-q"]).ErrorLines);
    }

    [Fact]
    [Trait("Lane", "Slow")]
    public void PredictPosteriorTransform_ColumnsInAnotherOrder_AreReadByName()
    {
        Assert.Equal(Succeed("predict", "model.npz", "train.csv").OutputText, Succeed("predict", "model.npz", "more.csv").OutputText);
        Succeed("posterior", "model.npz", "train.csv", "-o", "a.npy");
        Succeed("posterior", "model.npz", "r.txt", "-o", "b.npy");
        Assert.Equal(File.ReadAllBytes(_folder["a.npy"]), File.ReadAllBytes(_folder["b.npy"]));
        Succeed("transform", "model.npz", "train.csv", "--columns", "1", "-o", "c.npy");
        Succeed("transform", "model.npz", "given.csv", "-o", "d.npy");
        Assert.Equal(File.ReadAllBytes(_folder["c.npy"]), File.ReadAllBytes(_folder["d.npy"]));
    }

    [Theory]
    [InlineData("score model.npz missing.csv", 1, "missing.csv", "'y'", "x, z")]
    [InlineData("posterior model.npz missing.csv -o p.npy", 1, "missing.csv", "'y'")]
    [InlineData("transform model.npz swapped.csv --columns y -o p.npy", 1, "'y' but not 'x'")]
    [InlineData("score model.npz three.csv", 1, "three.csv", "3", "2", "--columns")]
    [InlineData("score model.npz train.csv --columns x,y,z", 2, "--columns", "'z'", "x, y")]
    [InlineData("score model.npz train.csv --columns x", 1, "'y'")]
    [InlineData("train more.csv -k 2 -o other.npz", 1, "line 2, column 1 (note)", "'word 0'", "--columns '!note'")]
    [InlineData("train index.csv missing.csv -k 2 -o other.npz", 1, "missing.csv", "'y'", "index.csv")]
    [InlineData("train missing.csv --init model.npz -o other.npz", 1, "missing.csv", "'y'")]
    [InlineData("train bare.csv -k 2 -o other.npz --columns x", 2, "--columns", "no names", "1 to 2")]
    [InlineData("train train.csv -k 2 -o other.npz --header no", 1, "line 1, column 1", "'x'")]
    public void Run_ColumnsThatAreNotThere_TellsWhich(string commandLine, int exitCode, params string[] named) =>
        Failing.Check(_folder, exitCode, commandLine.Split(' '), named);

    [Theory]
    [InlineData("swapped.csv more.csv index.csv", "y,x")]
    [InlineData("more.csv bare.csv --columns x,y", null)]
    public void Train_SeveralFiles_TakeTheOrderOfTheFirst(string inputs, string? names)
    {
        string[] arguments = ["train", .. inputs.Split(' '), "-k", "2", "-o", "all.npz", "-q"];
        if (names is null)
        {
            // Names chosen cannot be found in a file without any.
            Failing.Check(_folder, 2, arguments, ["bare.csv", "no names"]);
            return;
        }

        Succeed(arguments);
        Assert.Equal(names.Split(','), ModelFile.Load(_folder["all.npz"]).Columns!);
    }

    [Fact]
    public void Train_FromAModel_ReadsByItsNames()
    {
        Succeed("train", "train.csv", "--init", "model.npz", "-o", "a.npz", "-q");
        Succeed("train", "more.csv", "--init", "model.npz", "-o", "b.npz", "-q");
        Succeed("train", "swapped.csv", "--ubm", "model.npz", "-o", "c.npz", "-q");
        byte[] expected = File.ReadAllBytes(_folder["a.npz"]);
        Assert.Equal(expected, File.ReadAllBytes(_folder["b.npz"]));
        Assert.Equal(expected, File.ReadAllBytes(_folder["c.npz"]));
        Assert.Equal(["x", "y"], ModelFile.Load(_folder["b.npz"]).Columns!);
    }

    [Fact]
    public void Train_StartInAnotherOrderThanTheUbm_IsPutInItsOrder()
    {
        Succeed("train", "swapped.csv", "-k", "2", "--covariance", "full", "-o", "swapped.npz", "-q", "--init", "random");
        ModelFile.Save(ModelFile.Load(_folder["swapped.npz"]).OrderColumns(["x", "y"]), _folder["ordered.npz"]);
        string[] common = ["train", "train.csv", "--ubm", "model.npz", "--alpha", "0.5", "-q", "--init"];
        Succeed([.. common, "swapped.npz", "-o", "a.npz"]);
        Succeed([.. common, "ordered.npz", "-o", "b.npz"]);
        Assert.Equal(File.ReadAllBytes(_folder["b.npz"]), File.ReadAllBytes(_folder["a.npz"]));
        ModelFile.Save(ModelFile.Load(_folder["swapped.npz"]).WithColumns(["y", "z"]), _folder["other.npz"]);
        Failing.Check(_folder, 1, [.. common, "other.npz", "-o", "c.npz"], ["--init other.npz", "x, y"]);
    }

    [Fact]
    public void Info_ModelWithNames_ShowsThem()
    {
        Assert.Contains("x, y", Succeed("info", "model.npz").OutputText, StringComparison.Ordinal);
        using JsonDocument document = JsonDocument.Parse(Succeed("info", "model.npz", "--json").OutputText);
        Assert.Equal(["x", "y"], document.RootElement.GetProperty("columns").EnumerateArray().Select(n => n.GetString()!));
        Succeed("convert", "model.npz", "model.json");
        Assert.Equal(["x", "y"], ModelFile.Load(_folder["model.json"]).Columns!);
    }

    [Fact]
    public void Train_LineOfColumnNumbers_IsAHeaderWithANote()
    {
        Write("numbers.csv", "0,1", (i, x, y) => $"{x + 0.5},{y}");
        GmmProcessResult result = Succeed("train", "numbers.csv", "-k", "1", "-o", "n.npz");
        Assert.StartsWith("note: numbers.csv: the first line counts the columns from 0 to 1", result.ErrorLines[0],
            StringComparison.Ordinal);
        Assert.StartsWith("60 rows", result.ErrorLines[1], StringComparison.Ordinal);
        Assert.StartsWith("61 rows", Succeed("train", "numbers.csv", "-k", "1", "-o", "n.npz", "--header", "no").ErrorLines[0],
            StringComparison.Ordinal);
    }

    private void Write(string name, string? header, Func<int, double, double, FormattableString> row)
    {
        IEnumerable<string> lines = _rows.Select((r, i) => row(i, r.X, r.Y).ToString(CultureInfo.InvariantCulture));
        _folder.Write(name, string.Concat((header is null ? lines : lines.Prepend(header)).Select(line => $"{line}\n")));
    }

    private GmmProcessResult Succeed(params string[] arguments)
    {
        GmmProcessResult result = GmmProcess.Run(arguments, workingDirectory: _folder.Root);
        Assert.True(result.ExitCode == 0, result.StandardError);
        return result;
    }
}

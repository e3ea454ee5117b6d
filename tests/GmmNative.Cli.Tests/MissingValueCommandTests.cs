using System.Globalization;
using System.Text.Json;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Cli.Tests;

/// <summary>Missing values through the program: <c>--missing</c> and <c>gmm impute</c>.</summary>
[Trait("Lane", "Slow")]
public sealed class MissingValueCommandTests : IDisposable
{
    private const int Count = 90;

    private static readonly string[] Words = ["", "NA", "NaN", "null", "na", "NULL", "nan"];

    private readonly TestFolder _folder = new();

    public MissingValueCommandTests()
    {
        double[,] rows = Rows();
        _folder.Write("data.csv", "x,y\n" + string.Concat(Enumerable.Range(0, Count).Select(t => $"{Field(t, 0)},{Field(t, 1)}\n")));
        _folder.Write(
            "complete.csv",
            "x,y\n" + string.Concat(Enumerable.Range(0, Count).Where(IsComplete).Select(t => $"{Field(t, 0)},{Field(t, 1)}\n")));
        _folder.Write("column.csv", "x,y\n1,NA\n2,\n3,null\n");
        _folder.Write("all.csv", "x,y\n1,NA\n,5\n");
        _folder.Write("word.csv", "x,y\n1,2\nmissing,5\n");

        string Field(int t, int d) => double.IsNaN(rows[t, d])
            ? Words[(t + d) % Words.Length] : rows[t, d].ToString(CultureInfo.InvariantCulture);
        bool IsComplete(int t) => !double.IsNaN(rows[t, 0]) && !double.IsNaN(rows[t, 1]);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void TrainAndScore_Marginalize_AgreeWithLibrary()
    {
        GmmProcessResult result = Succeed(
            "train data.csv -k 2 --covariance full --missing marginalize --backend managed --criteria -o model.npz --report report.json");
        Assert.StartsWith("90 rows (45 with missing values) of dimension 2, 2 components", result.ErrorLines[0], StringComparison.Ordinal);
        IVectorSource rows = VectorSource.From(Rows()).WithMissingValues(MissingValues.Marginalize);
        GaussianMixture model = ModelFile.Load(_folder["model.npz"]);
        double[] expected = model.LogDensities(rows);
        Succeed("score model.npz data.csv --missing marginalize -o densities.csv");
        Assert.True(Near.RelativeError(expected, Column("densities.csv"), 1) < 1e-12);
        Succeed("predict model.npz data.csv --missing marginalize -o labels.csv");
        Assert.Equal(model.Labels(rows).Select(label => (double)label), Column("labels.csv"));
        Succeed("impute model.npz data.csv -o imputed.csv");
        double[,] imputed = model.Impute(rows);
        Assert.True(Near.RelativeError([.. imputed.Cast<double>()], Column("imputed.csv"), 1) < 1e-12);
        using JsonDocument report = JsonDocument.Parse(File.ReadAllText(_folder["report.json"]));
        Assert.Equal(90, report.RootElement.GetProperty("rows").GetInt64());
        Assert.Equal(45, report.RootElement.GetProperty("rowsWithMissingValues").GetInt64());
        Assert.Equal(
            model.Criteria(rows).Bic, report.RootElement.GetProperty("criteria").GetProperty("bic").GetDouble(), 1e-6);
    }

    [Fact]
    public void TrainAndScore_Drop_UseTheCompleteRows()
    {
        Succeed("train data.csv -k 2 --missing drop --backend managed --posterior posteriors.csv -o dropped.npz");
        Succeed("train complete.csv -k 2 --backend managed -o complete.npz");
        Assert.Equal(File.ReadAllBytes(_folder["complete.npz"]), File.ReadAllBytes(_folder["dropped.npz"]));
        GmmProcessResult complete = Succeed("score complete.npz complete.csv --backend managed");
        GmmProcessResult dropped = Succeed("score complete.npz data.csv --missing drop --backend managed");
        Assert.Equal(Count, dropped.OutputText.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal(complete.OutputText, dropped.OutputText.Replace("NaN\n", "", StringComparison.Ordinal));
        Assert.Equal(
            complete.ErrorLines[0].Replace("45 rows", "90 rows", StringComparison.Ordinal) + "; 45 rows with missing values were left out",
            Assert.Single(dropped.ErrorLines));
        Succeed("predict complete.npz data.csv --missing drop -o labels.csv");
        Assert.Equal(45, Column("labels.csv").Count(label => label == -1));
        Assert.Equal(2 * 45, Column("posteriors.csv").Count(double.IsNaN));
        Succeed("posterior complete.npz data.csv --missing drop --top 1 -o top.csv");
        Assert.Equal(45, Column("top.csv").Count(double.IsNaN));
    }

    [Fact]
    public void Transform_MissingValues_FollowThePolicy()
    {
        Succeed("train data.csv -k 1 --covariance full --missing marginalize -o model.npz");
        Succeed("transform model.npz data.csv --columns x --missing marginalize -o y.csv --labels labels.csv --log-density densities.csv");
        GaussianMixture model = ModelFile.Load(_folder["model.npz"]);
        double[] predicted = Column("y.csv");
        double[,] rows = Rows();
        double slope = model.CovarianceAt(0, 1, 0) / model.CovarianceAt(0, 0, 0);
        for (int t = 0; t < Count; t++)
        {
            double move = double.IsNaN(rows[t, 0]) ? 0 : slope * (rows[t, 0] - model.Mean(0)[0]);
            Assert.Equal(model.Mean(0)[1] + move, predicted[t], 1e-10);
        }

        Succeed("transform model.npz data.csv --columns x --missing drop -o y.csv");
        Assert.Equal(Enumerable.Range(0, Count).Count(t => double.IsNaN(rows[t, 0])), Column("y.csv").Count(double.IsNaN));
    }

    [Theory]
    [InlineData(1, "train data.csv -k 2 -o x.npz", "data.csv, line 3, column 1 (x): 'NA' is not a number")]
    [InlineData(1, "train column.csv -k 1 --missing marginalize -o x.npz", "Every value of column 2 (y) is missing")]
    [InlineData(1, "train all.csv -k 1 --missing drop -o x.npz", "Every row has a missing value")]
    [InlineData(1, "train word.csv -k 1 --missing marginalize -o x.npz", "word.csv, line 3, column 1 (x): 'missing' is not a number")]
    [InlineData(2, "train data.csv -k 1 --missing ignore -o x.npz", "--missing")]
    [InlineData(2, "impute model.npz data.csv -o x.csv --missing drop", "--missing")]
    [InlineData(2, "impute model.npz data.csv", "-o")]
    [InlineData(2, "transform model.npz data.csv --columns x --delta -0.5,0,0.5 --missing drop -o x.csv", "--delta")]
    public void MissingValues_WrongUse_IsOneLine(int exitCode, string arguments, string message)
    {
        Succeed("train complete.csv -k 1 -o model.npz");
        Failing.Check(_folder, exitCode, arguments.Split(' '), [message], null);
        Assert.False(File.Exists(_folder["x.npz"]) || File.Exists(_folder["x.csv"]));
    }

    /// <summary>Runs the commands of the page about missing values, in their order, in a copy of the samples.</summary>
    [Fact]
    public void Documentation_Examples_Run()
    {
        Directory.CreateDirectory(_folder["samples/data"]);
        string data = Path.Combine("samples", "data", "faithful-missing.csv");
        File.Copy(Path.Combine(GmmNative.TestSupport.TestData.Root, data), _folder[data]);
        string[] commands = [.. File.ReadLines(Path.Combine(GmmNative.TestSupport.TestData.Root, "docs", "missing-values.md"))
            .Where(line => line.StartsWith("gmm ", StringComparison.Ordinal))];
        Assert.Equal(7, commands.Length);
        foreach (string command in commands)
        {
            Succeed(command["gmm ".Length..]);
        }

        Assert.Equal(272 * 2, Column("complete.csv").Length);
        Assert.DoesNotContain(double.NaN, Column("complete.csv"));
    }

    private static double[,] Rows()
    {
        double[,] rows = new double[Count, 2];
        for (int t = 0; t < Count; t++)
        {
            double center = t % 2 == 0 ? 0 : 8;
            rows[t, 0] = t % 4 == 1 ? double.NaN : center + Math.Round(Math.Sin(t), 3);
            rows[t, 1] = t % 3 == 2 && t % 4 != 1 ? double.NaN : center + Math.Round(Math.Cos(1.7 * t), 3);
        }

        rows[5, 1] = double.NaN;
        return rows;
    }

    private GmmProcessResult Succeed(string arguments)
    {
        GmmProcessResult result = GmmProcess.Run(arguments.Split(' '), workingDirectory: _folder.Root);
        Assert.True(result.ExitCode == 0, result.StandardError);
        return result;
    }

    private double[] Column(string file) => [.. File.ReadAllLines(_folder[file])
        .SelectMany(line => line.Split(','))
        .Where(field => !field.Any(char.IsLetter) || field is "NaN" || field.Contains('E', StringComparison.Ordinal))
        .Select(field => double.Parse(field, CultureInfo.InvariantCulture))];
}

using System.Globalization;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Cli.Tests;

/// <summary>Data, models and outputs that cannot be used: one line, exit code 1, nothing written.</summary>
public sealed class BadInputTests
{
    private const string Train = "train {0} -k 2 -o model.npz --report report.json --posterior posterior.npy";

    private static readonly Dictionary<string, (string Name, byte[] Content, string[] Named)> BadVectors = new()
    {
        ["empty csv"] = ("data.csv", [], []),
        ["empty npy"] = ("data.npy", [], []),
        ["npy of no rows"] = ("data.npy", TestData.Npy("<f8", "(0, 2)", []), []),
        ["npy with a wrong magic"] = ("data.npy", [.. "NOTNUMPY"u8, .. new byte[120]], []),
        ["npy cut off in its header"] = ("data.npy", TestData.Npy(2, 1, 2, 3, 4)[..40], []),
        ["npy cut off in its data"] = ("data.npy", TestData.Npy(2, 1, 2, 3, 4)[..^9], []),
        ["npy of objects"] = ("data.npy", TestData.Npy("|O", "(2, 2)", new byte[32]), ["O"]),
        ["npy of one dimension"] = ("data.npy", TestData.Npy("<f8", "(4,)", TestData.Bytes(1, 2, 3, 4)), []),
        ["npy of three dimensions"] = ("data.npy", TestData.Npy("<f8", "(2, 1, 2)", TestData.Bytes(1, 2, 3, 4)), []),
        ["npy of an absurd size"] = ("data.npy", TestData.Npy("<f8", "(9000000000000000000, 2)", TestData.Bytes(1, 2)), []),
        ["csv with a ragged row"] = ("data.csv", "1,2\n3,4\n5\n"u8.ToArray(), ["3"]),
        ["csv with a word among numbers"] = ("data.csv", "a,b\n1,2\n3,four\n"u8.ToArray(), ["3", "2", "four"]),
        ["csv with NaN"] = ("data.csv", "1,2\n3,4\n5,NaN\n6,7\n"u8.ToArray(), ["line 3", "column 2"]),
        ["npy with NaN"] = ("data.npy", TestData.Npy(2, 1, 2, 3, 4, double.NaN, 5, 6, 7), ["row 3", "column 1"]),
        ["npy with infinity"] = ("data.npy", TestData.Npy(2, 1, 2, 3, double.PositiveInfinity, 4, 5), ["row 2", "column 2"]),
        ["raw that is no multiple of the dimension"] = ("data.f64", TestData.Bytes(1, 2, 3, 4, 5), ["2"]),
        ["raw that is no multiple of a number"] = ("data.f64", TestData.Bytes(1, 2, 3, 4)[..^3], []),
    };

    private static readonly Dictionary<string, (string Name, byte[] Content, string[] Named)> BadModels = new()
    {
        ["no model"] = ("start.npz", "this is no zip file"u8.ToArray(), []),
        ["empty"] = ("start.npz", [], []),
        ["npz cut off"] = ("start.npz", SavedModel("npz")[..^40], []),
        ["npz cut in half"] = ("start.npz", SavedModel("npz")[..(SavedModel("npz").Length / 2)], []),
        ["json cut off"] = ("start.json", SavedModel("json")[..^5], []),
        ["gmm cut off"] = ("start.gmm", Gmm(0.25, 0, 0, 1, 4, 0.75, 10, 20, 9, 16)[..^8], []),
        ["weights that do not sum to one"] = ("start.gmm", Gmm(0.25, 0, 0, 1, 4, 0.65, 10, 20, 9, 16), ["weight"]),
        ["a negative weight"] = ("start.gmm", Gmm(-0.25, 0, 0, 1, 4, 1.25, 10, 20, 9, 16), ["weight"]),
        ["a mean that is not a number"] = ("start.gmm", Gmm(0.25, 0, double.NaN, 1, 4, 0.75, 10, 20, 9, 16), ["mean"]),
        ["a negative variance"] = ("start.gmm", Gmm(0.25, 0, 0, 1, 4, 0.75, 10, 20, -9, 16), ["component"]),
        ["a covariance that is not positive definite"] = (
            "start.gmm", Gmm(0.25, 0, 0, 1, 2, 2, 1, 0.75, 10, 20, 9, 0, 0, 16), ["component", "positive definite"]),
    };

    public static TheoryData<string> BadVectorNames => [.. BadVectors.Keys];

    public static TheoryData<string> BadModelNames => [.. BadModels.Keys];

    [Theory]
    [MemberData(nameof(BadVectorNames))]
    public void Train_BadVectors_TellsFileAndPlace(string what)
    {
        (string name, byte[] content, string[] named) = BadVectors[what];
        using TestFolder folder = new();
        folder.Write(name, content);
        Failing.Check(folder, 1, [.. Split(Train, name), .. RawArguments(name)], [name, .. named]);
    }

    [Theory]
    [MemberData(nameof(BadVectorNames))]
    [Trait("Lane", "Slow")]
    public void Score_BadVectors_TellsFileAndPlace(string what)
    {
        (string name, byte[] content, string[] named) = BadVectors[what];
        using TestFolder folder = new();
        folder.Write(name, content);
        ModelFile.Save(TestData.Model, folder["model.npz"]);
        Failing.Check(folder, 1, ["score", "model.npz", name, "-o", "out.npy", .. RawArguments(name)], [name, .. named]);
    }

    [Theory]
    [MemberData(nameof(BadModelNames))]
    public void Score_BadModel_TellsFile(string what)
    {
        (string name, byte[] content, string[] named) = BadModels[what];
        using TestFolder folder = new();
        folder.Write(name, content);
        folder.Write("data.csv", "1,2\n3,4\n");
        Failing.Check(folder, 1, ["score", name, "data.csv", "-o", "out.npy", "-k", "2"], [name, .. named]);
    }

    [Theory]
    [MemberData(nameof(BadModelNames))]
    public void Train_FromBadModel_TellsFile(string what)
    {
        (string name, byte[] content, string[] named) = BadModels[what];
        using TestFolder folder = new();
        folder.Write(name, content);
        folder.Write("data.csv", "1,2\n3,4\n5,7\n");
        Failing.Check(folder, 1, [.. Split(Train, "data.csv"), "--init", name], [name, .. named]);
    }

    [Theory]
    [InlineData("info nothing.npz", 1, "nothing.npz")]
    [InlineData("convert nothing.npz out.json", 1, "nothing.npz")]
    [InlineData("score nothing.npz data.csv", 1, "nothing.npz")]
    [InlineData("score good.npz nothing.csv", 1, "nothing.csv")]
    [InlineData("train nothing.npy -k 2 -o model.npz", 1, "nothing.npy")]
    [InlineData("train data.csv nothing.npy -k 2 -o model.npz", 1, "nothing.npy")]
    [InlineData("train data.csv data3.csv -k 2 -o model.npz", 1, "data3.csv")]
    [InlineData("train data.csv -k 2000000000 -o model.npz", 1, "-k", "2000000000", "GB")]
    [InlineData("train . -k 2 -o model.npz", 1, ".")]
    [InlineData("train data.f64 -k 2 -o model.npz", 1, "data.f64")]
    [InlineData("train data.csv -k 2 -o nowhere/model.npz", 1, "nowhere")]
    [InlineData("train data.csv -k 2 -o model.npz --report nowhere/report.json", 1, "nowhere")]
    [InlineData("train data.csv -k 2 -o model.npz --posterior nowhere/posterior.npy", 1, "nowhere")]
    [InlineData("score good.npz data.csv -o nowhere/out.npy", 1, "nowhere")]
    [InlineData("score good.npz data.csv -o .", 1, "folder")]
    [InlineData("transform good.npz data1.csv -o out.npy --labels nowhere/labels.npy", 1, "nowhere")]
    [InlineData("score good.npz data3.csv -o out.npy", 1, "data3.csv", "3", "2")]
    [InlineData("posterior good.npz data3.csv -o out.npy", 1, "data3.csv", "3", "2")]
    [InlineData("predict good.npz data1.csv -o out.npy", 1, "data1.csv", "1", "2")]
    [InlineData("transform good.npz data3.csv -o out.npy", 1, "data3.csv", "3", "2")]
    [InlineData("transform good.npz data1.csv --labels out.npy", 2, "-o FILE is missing")]
    [InlineData("transform good.npz data.csv -o out.npy", 2, "omit -o")]
    [InlineData("train data3.csv -o model.npz --init good.npz", 1, "good.npz", "2", "3")]
    [InlineData("train data.csv -k 1 -o model.npz --init good.npz", 1, "good.npz", "2 components", "-k specifies 1")]
    [InlineData("train data.csv -k 3 -o model.npz --ubm good.npz --alpha 0.5", 1, "--ubm", "good.npz", "2", "3")]
    [InlineData("train data3.csv -k 2 -o model.npz --ubm good.npz --alpha 0.5", 1, "--ubm", "good.npz", "2", "3")]
    [InlineData("train data.csv -k 2 -o model.npz --ubm good.npz --alpha 0.5 --covariance full", 1, "--ubm", "good.npz", "diag", "full")]
    [InlineData("train data.csv -k 2 -o model.npz --init full.npz --covariance diag --block-size 1,1", 0)]
    [InlineData("train data.csv -k 2 -o model.npz --init full.npz --covariance full --block-size 1,1", 1, "full.npz", "blocks 1,1")]
    [Trait("Lane", "Slow")]
    public void Run_FilesThatDoNotFit_TellsWhich(string commandLine, int exitCode, params string[] named)
    {
        using TestFolder folder = new();
        folder.Write("data.csv", "1,2\n3,4\n5,7\n2,2\n");
        folder.Write("data1.csv", "1\n3\n5\n");
        folder.Write("data3.csv", "1,2,3\n3,4,5\n5,7,9\n");
        folder.Write("data.f64", TestData.Bytes(1, 2, 3, 4));
        ModelFile.Save(TestData.Model, folder["good.npz"]);
        ModelFile.Save(TestData.FullModel, folder["full.npz"]);
        if (exitCode == 0)
        {
            GmmProcessResult result = GmmProcess.Run(commandLine.Split(' '), workingDirectory: folder.Root);
            Assert.Equal(0, result.ExitCode);
            return;
        }

        Failing.Check(folder, exitCode, commandLine.Split(' '), named);
    }

    [Fact]
    public void Score_RawStandardInputWithoutDimension_AsksForIt()
    {
        using TestFolder folder = new();
        ModelFile.Save(TestData.Model, folder["model.npz"]);
        Failing.Check(folder, 1, ["score", "model.npz", "-"], ["standard input", "dimension"], TestData.Bytes(1, 2));
    }

    [Theory]
    [InlineData("mkl")]
    [InlineData("openblas")]
    public void Train_BackendThatIsNotThere_TellsWhy(string backend)
    {
        using TestFolder folder = new();
        folder.Write("data.csv", "1,2\n3,4\n5,7\n");
        GmmProcessResult survey = GmmProcess.Run("backends", "--json");
        bool there = Assert.Single(BackendList.Of(survey.OutputText), b => b.Name == backend).Available;
        GmmProcessResult result = GmmProcess.Run(
            ["train", "data.csv", "-k", "1", "-o", "model.npz", "--backend", backend], workingDirectory: folder.Root);
        Assert.Equal(there ? 0 : 1, result.ExitCode);
        Assert.Equal(there, File.Exists(folder["model.npz"]));
        if (!there)
        {
            Assert.Contains(backend, Assert.Single(result.ErrorLines), StringComparison.OrdinalIgnoreCase);
        }
    }

    private static string[] Split(string format, string name) => string.Format(CultureInfo.InvariantCulture, format, name).Split(' ');

    private static string[] RawArguments(string name) => name.EndsWith(".f64", StringComparison.Ordinal) ? ["--dimension", "2"] : [];

    private static byte[] Gmm(params double[] values) => TestData.Bytes(values);

    private static byte[] SavedModel(string extension)
    {
        using TestFolder folder = new();
        ModelFile.Save(TestData.Model, folder[$"model.{extension}"]);
        return File.ReadAllBytes(folder[$"model.{extension}"]);
    }
}

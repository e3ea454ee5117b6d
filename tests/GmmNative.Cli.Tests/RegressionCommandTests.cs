using System.Runtime.InteropServices;
using GmmNative.Interop;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Cli.Tests;

/// <summary>transform with columns of choice, expected values, covariances, and windows.</summary>
[Trait("Lane", "Slow")]
public sealed class RegressionCommandTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly GaussianMixture _model = ConditionalCase.All[0].Model.WithColumns(["a", "b", "c", "d"]);

    public RegressionCommandTests()
    {
        ModelFile.Save(_model, _folder["model.npz"]);
        ModelFile.Save(_model, _folder["model.gmm"]);
        _folder.Write("all.csv", "d,b,c,a\n4,2,3,1\n-4,-2,-3,-1\n0.5,0,-1,0.25\n");
        _folder.Write("bare.csv", "1,2,3,4\n-1,-2,-3,-4\n0.25,0,-1,0.5\n");
        _folder.Write("given.csv", "d,note,b\n4,x,2\n-4,y,-2\n0.5,z,0\n");
        _folder.Write("two.npy", TestData.Npy(2, 2, 4, -2, -4, 0, 0.5));
        _folder.Write("three.csv", "1,2,3\n4,5,6\n");
    }

    public static TheoryData<string, BackendKind> ReferenceCases
    {
        get
        {
            TheoryData<string, BackendKind> data = [];
            foreach (BackendKind backend in TestBackends.Kinds)
            {
                foreach (TrajectoryCase c in TrajectoryCase.All)
                {
                    data.Add(c.ToString(), backend);
                }
            }

            return data;
        }
    }

    public static TheoryData<string, BackendKind> ConditionalCases
    {
        get
        {
            TheoryData<string, BackendKind> data = [];
            foreach (BackendKind backend in TestBackends.Kinds)
            {
                foreach (ConditionalCase c in ConditionalCase.All)
                {
                    data.Add(c.ToString(), backend);
                }
            }

            return data;
        }
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("all.csv --given b,d")]
    [InlineData("given.csv --given b,d --target a,c")]
    [InlineData("all.csv --target 1,3")]
    [InlineData("bare.csv --given 2,4")]
    [InlineData("bare.csv --given b --given 4")]
    [InlineData("two.npy --given b,d")]
    public void Transform_Expected_IsThatOfTheLibraryForEachForm(string input)
    {
        Succeed([
            "transform", "model.npz", .. input.Split(' '), "--regression", "expected", "-o", "out.npy", "--covariance-output", "c.npy",
            "--labels", "l.csv", "--log-density", "d.npy",
        ]);
        RegressionResult expected = _model.CreateRegressor([1, 3], [0, 2]).Predict(
            new double[,] { { 2, 4 }, { -2, -4 }, { 0, 0.5 } }, RegressionKind.Expected, withCovariances: true);
        Assert.Equal(expected.Predicted.Cast<double>(), TestData.ReadNpy(_folder["out.npy"]));
        Assert.Equal(expected.Covariances!.Cast<double>(), TestData.ReadNpy(_folder["c.npy"]));
        Assert.Equal(expected.LogDensities, TestData.ReadNpy(_folder["d.npy"]));
        Assert.Equal(expected.Labels.Select(label => $"{label}"), File.ReadAllLines(_folder["l.csv"]));
        Assert.Contains(
            "'shape': (3, 2, 2)", System.Text.Encoding.ASCII.GetString(File.ReadAllBytes(_folder["c.npy"]), 0, 128),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Transform_LeadingColumns_NeedNoLists()
    {
        Succeed("transform", "model.npz", "all.csv", "--columns", "a,b", "-o", "plain.npy");
        Succeed("transform", "model.npz", "all.csv", "--given", "a,b", "-o", "best.npy");
        Assert.Equal(File.ReadAllBytes(_folder["plain.npy"]), File.ReadAllBytes(_folder["best.npy"]));
        Succeed("transform", "model.npz", "all.csv", "--columns", "a,b", "--regression", "expected", "-o", "e.npy");
        Succeed("transform", "model.npz", "all.csv", "--given", "1-2", "--regression", "expected", "-o", "f.npy");
        Assert.Equal(File.ReadAllBytes(_folder["e.npy"]), File.ReadAllBytes(_folder["f.npy"]));
        Succeed("transform", "model.npz", "all.csv", "--columns", "a,b", "--covariance-output", "c.csv");
        Assert.Equal(3, File.ReadAllLines(_folder["c.csv"]).Length);
        Assert.Equal(4, File.ReadAllLines(_folder["c.csv"])[0].Split(',').Length);
    }

    [Fact]
    public void Transform_SptkModelWithGivenColumns_NeedsItsSizes()
    {
        Succeed(
            "transform", "model.gmm", "two.npy", "--dimension", "4", "-k", $"{_model.ComponentCount}", "--given", "2,4", "-o", "g.npy");
        Succeed("transform", "model.npz", "two.npy", "--given", "2,4", "-o", "n.npy");
        Assert.Equal(TestData.ReadNpy(_folder["n.npy"]), TestData.ReadNpy(_folder["g.npy"]));
    }

    [Fact]
    public void Transform_ManyRowsOnAnyThreads_GivesTheSameBytesInTheirOrder()
    {
        Random random = new(5);
        _folder.Write("many.f64", TestData.Bytes([.. Enumerable.Range(0, 2 * 20_000).Select(_ => (4 * random.NextDouble()) - 2)]));
        string[] line = ["transform", "model.npz", "many.f64", "--dimension", "2", "--given", "c,a", "--regression", "expected"];
        Succeed([.. line, "-o", "a.npy", "--covariance-output", "ac.f64", "--threads", "1"]);
        Succeed([.. line, "-o", "b.npy", "--covariance-output", "bc.f64", "--threads", "3", "--batch-size", "777"]);
        Assert.Equal(File.ReadAllBytes(_folder["a.npy"]), File.ReadAllBytes(_folder["b.npy"]));
        Assert.Equal(File.ReadAllBytes(_folder["ac.f64"]), File.ReadAllBytes(_folder["bc.f64"]));
        double[] predicted = TestData.ReadNpy(_folder["a.npy"]);
        double[] row = MemoryMarshal.Cast<byte, double>(File.ReadAllBytes(_folder["many.f64"])).Slice(2 * 12_345, 2).ToArray();
        double[] expected = new double[2];
        _model.CreateRegressor([2, 0]).Expected(row, expected);
        Assert.Equal(expected[0], predicted[2 * 12_345], 1e-9);
        Assert.Equal(expected[1], predicted[(2 * 12_345) + 1], 1e-9);
    }

    [Theory]
    [MemberData(nameof(ReferenceCases))]
    public void Transform_Windows_AgreesWithSptk(string name, BackendKind backend)
    {
        TrajectoryCase c = TrajectoryCase.All.Single(c => c.ToString() == name);
        ModelFile.Save(c.Model, _folder["joint.npz"]);
        _folder.Write("source.npy", TestData.Npy(c.Given, c.Arrays["source"]));
        List<string> line = ["transform", "joint.npz", "source.npy", "-o", "target.npy", "--backend", BackendNames.NameOf(backend)];
        foreach (double[] window in c.Windows)
        {
            line.AddRange(["--delta", string.Join(',', window.Select(h => FormattableString.Invariant($"{h:R}")))]);
        }

        if (c.Gap is { } gap)
        {
            line.AddRange(["--magic", FormattableString.Invariant($"{gap:R}")]);
        }

        Succeed([.. line]);
        double error = Near.RelativeError(c.Arrays["target"], TestData.ReadNpy(_folder["target.npy"]), 1);
        Assert.True(error <= 1e-8, $"relative error {error:E2}, allowed 1e-8");
    }

    [Theory]
    [MemberData(nameof(ConditionalCases))]
    public void Transform_ReferenceCase_IsExact(string name, BackendKind backend)
    {
        ConditionalCase c = ConditionalCase.All.Single(c => c.ToString() == name);
        ModelFile.Save(c.Model, _folder["joint.npz"]);
        _folder.Write("given.npy", TestData.Npy(c.Given.Length, c.Arrays["given"]));
        string[] line =
        [
            "transform", "joint.npz", "given.npy", "--given", Numbers(c.Given), "--target", Numbers(c.Targets), "--backend",
            BackendNames.NameOf(backend), "-o", "y.npy",
        ];
        Succeed([.. line, "--regression", "expected", "--covariance-output", "c.npy", "--log-density", "d.npy"]);
        Assert.True(Near.RelativeError(c.Arrays["expected"], TestData.ReadNpy(_folder["y.npy"]), 1) <= 1e-8, "expected");
        Assert.True(Near.RelativeError(c.Arrays["covariance"], TestData.ReadNpy(_folder["c.npy"]), 1) <= 1e-8, "covariance");
        Assert.True(Near.RelativeError(c.Arrays["log_prob_given"], TestData.ReadNpy(_folder["d.npy"]), 1) <= 1e-8, "log-density");
        Succeed([.. line, "--labels", "l.csv"]);
        Assert.True(Near.RelativeError(c.Arrays["best"], TestData.ReadNpy(_folder["y.npy"]), 1) <= 1e-8, "best");
        Assert.Equal(c.Arrays["best_component"].Select(label => $"{label}"), File.ReadAllLines(_folder["l.csv"]));
    }

    [Theory]
    [InlineData("all.csv --given a --target a -o o.npy", "--target", "column 1 (a)", "--given")]
    [InlineData("all.csv --given a,b,c,d -o o.npy", "--given", "all 4 columns")]
    [InlineData("all.csv --target 1-4 -o o.npy", "--target", "all 4 columns")]
    [InlineData("all.csv --given e -o o.npy", "--given", "'e'", "a, b, c, d")]
    [InlineData("all.csv --given 5 -o o.npy", "--given", "no column 5")]
    [InlineData("all.csv --given a,a -o o.npy", "--given", "selected twice")]
    [InlineData("all.csv --given a", "nothing to write", "--covariance-output")]
    [InlineData("all.csv --given a --regression median -o o.npy", "--regression", "best, expected")]
    [InlineData("all.csv --regression expected -o o.npy", "nothing to predict")]
    [InlineData("all.csv --given a -o o.npy --covariance-output o.npy", "same file")]
    [InlineData("all.csv --given a --covariance-output o.i32", "not whole")]
    [InlineData("all.csv --given a,b --delta -0.5,0,0.5", "-o FILE is missing", "--delta")]
    [InlineData("all.csv --given a,b --delta -0.5,,0.5 -o o.npy", "--delta", "'-0.5,,0.5'")]
    [InlineData("all.csv --given a,b --delta 1,inf -o o.npy", "--delta", "'1,inf'")]
    [InlineData("all.csv --given a,b -o o.npy --delta", "--delta")]
    [InlineData("all.csv --given a --delta -0.5,0,0.5 -o o.npy", "--delta", "3 predicted", "multiple of 2")]
    [InlineData("all.csv --given a,b --magic x -o o.npy", "--magic", "'x'")]
    [InlineData("all.csv --given a,b --delta 1,2,1 -o o.npy --labels l.npy", "--labels", "--delta")]
    [InlineData("all.csv --given a,b --delta 1,2,1 -o o.npy --regression expected", "--regression expected", "--delta")]
    public void Transform_WrongCommandLine_TellsInOneLineAndExits2(string arguments, params string[] named) =>
        Failing.Check(_folder, 2, ["transform", "model.npz", .. arguments.Split(' ')], named);

    [Theory]
    [InlineData("three.csv --given a,b -o o.npy", "three.csv", "dimension 3", "2 of the 4 columns")]
    [InlineData("given.csv --given a,b -o o.npy", "given.csv", "'a'", "list of given columns")]
    [InlineData("given.csv --given a,b --delta 1,2,1 -o o.npy", "given.csv", "'a'")]
    public void Transform_WrongData_Exits1(string arguments, params string[] named) =>
        Failing.Check(_folder, 1, ["transform", "model.npz", .. arguments.Split(' ')], named);

    private static string Numbers(int[] coordinates) => string.Join(',', coordinates.Select(coordinate => coordinate + 1));

    private void Succeed(params string[] arguments)
    {
        GmmProcessResult result = GmmProcess.Run(arguments, workingDirectory: _folder.Root);
        Assert.True(result.ExitCode == 0, result.StandardError);
    }
}

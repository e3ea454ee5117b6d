using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Cli.Tests;

/// <summary>marginal and condition.</summary>
[Trait("Lane", "Slow")]
public sealed class ConditioningCommandTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly GaussianMixture _model = TestData.FullModel.WithColumns(["x", "a,b=c"]);

    public ConditioningCommandTests()
    {
        ModelFile.Save(_model, _folder["model.npz"]);
        ModelFile.Save(_model, _folder["model.gmm"]);
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("x", new[] { 0 })]
    [InlineData("2", new[] { 1 })]
    [InlineData("2,1", new[] { 1, 0 })]
    [InlineData("1-2", new[] { 0, 1 })]
    [InlineData("a,b=c", new[] { 1 })]
    [InlineData("!x", new[] { 1 })]
    public void Marginal_Columns_AreThoseOfTheLibrary(string columns, int[] coordinates)
    {
        Succeed("marginal", "model.npz", "--columns", columns, "-o", "out.npz");
        ModelFile.Save(_model.Marginal(coordinates), _folder["expected.npz"]);
        Succeed("convert", "expected.npz", "expected.json");
        Succeed("convert", "out.npz", "out.json");
        Assert.Equal(File.ReadAllText(_folder["expected.json"]), File.ReadAllText(_folder["out.json"]));
    }

    [Theory]
    [InlineData("x=0.5")]
    [InlineData("1=0.5")]
    public void Condition_OneColumn_IsTheMixtureOfTheOther(string given)
    {
        Succeed("condition", "model.npz", "--given", given, "-o", "out.json");
        GaussianMixture found = ModelFile.Load(_folder["out.json"]);
        GaussianMixture expected = _model.Condition([0], [0.5]);
        Assert.Equal(["a,b=c"], found.Columns!);
        Assert.Equal(expected.Weights.ToArray(), found.Weights.ToArray());
        Assert.Equal(expected.Means.ToArray(), found.Means.ToArray());
        Assert.Equal(expected.Covariances.ToArray(), found.Covariances.ToArray());
    }

    [Fact]
    public void Condition_NameWithCommaAndEquals_IsTheNameItself()
    {
        Succeed("condition", "model.npz", "--given", "a,b=c=1.5", "-o", "out.npz");
        Assert.Equal(["x"], ModelFile.Load(_folder["out.npz"]).Columns!);
    }

    [Fact]
    public void MarginalAndCondition_SptkModel_NeedItsSizes()
    {
        Succeed("marginal", "model.gmm", "--dimension", "2", "-k", "2", "--columns", "2", "-o", "a.npz");
        Assert.Equal(_model.Marginal([1]).Means.ToArray(), ModelFile.Load(_folder["a.npz"]).Means.ToArray());
        Succeed("condition", "model.gmm", "--dimension", "2", "-k", "2", "--given", "2=-1", "-o", "b.npz");
        Assert.Equal(_model.Condition([1], [-1]).Means.ToArray(), ModelFile.Load(_folder["b.npz"]).Means.ToArray());
    }

    [Theory]
    [InlineData("marginal model.npz -o o.npz", "--columns", "missing")]
    [InlineData("marginal model.npz --columns x", "-o MODEL is missing")]
    [InlineData("marginal model.npz --columns 3 -o o.npz", "--columns", "no column 3", "1 to 2")]
    [InlineData("marginal model.npz --columns y -o o.npz", "--columns", "'y'")]
    [InlineData("marginal model.npz --columns 1,x -o o.npz", "selected twice")]
    [InlineData("marginal model.npz --columns x -o model.npz", "same file")]
    [InlineData("marginal model.npz --columns x -o o.xml", "o.xml", ".npz")]
    [InlineData("marginal model.gmm --columns 1 -o o.npz", "model.gmm", "--dimension")]
    [InlineData("condition model.npz -o o.npz", "--given", "missing")]
    [InlineData("condition model.npz --given x -o o.npz", "--given", "'x'", "x=0.5")]
    [InlineData("condition model.npz --given x= -o o.npz", "--given", "'x='")]
    [InlineData("condition model.npz --given =1 -o o.npz", "--given", "'=1'")]
    [InlineData("condition model.npz --given x=nan -o o.npz", "--given", "'x=nan'")]
    [InlineData("condition model.npz --given x=1e999 -o o.npz", "--given", "'x=1e999'")]
    [InlineData("condition model.npz --given y=1 -o o.npz", "--given", "'y'")]
    [InlineData("condition model.npz --given 0=1 -o o.npz", "--given", "no column 0")]
    [InlineData("condition model.npz --given 1-2=1 -o o.npz", "--given", "2 columns")]
    [InlineData("condition model.npz --given 1=1,x=2 -o o.npz", "--given", "column 1 (x)", "twice")]
    [InlineData("condition model.npz --given 1=1,2=2 -o o.npz", "--given", "all 2 columns")]
    [InlineData("condition model.npz --given 1=1 --target 1 -o o.npz", "--target", "column 1 (x)", "--given")]
    public void Run_WrongCommandLine_TellsInOneLineAndExits2(string commandLine, params string[] named) =>
        Failing.Check(_folder, 2, commandLine.Split(' '), named);

    [Theory]
    [InlineData("marginal missing.npz --columns 1 -o o.npz", "missing.npz")]
    [InlineData("condition missing.npz --given 1=1 -o o.npz", "missing.npz")]
    public void Run_NoModel_Exits1(string commandLine, params string[] named) =>
        Failing.Check(_folder, 1, commandLine.Split(' '), named);

    private void Succeed(params string[] arguments)
    {
        GmmProcessResult result = GmmProcess.Run(arguments, workingDirectory: _folder.Root);
        Assert.True(result.ExitCode == 0, result.StandardError);
        Assert.Empty(result.OutputText);
    }
}

using System.Globalization;
using System.Text.Json;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Cli.Tests;

/// <summary><c>gmm train</c> with <c>--variational</c> and <c>--init responsibilities</c>, through real processes.</summary>
public sealed class VariationalTests
{
    public static TheoryData<string, string[]> WrongUse => new()
    {
        { "-k 2 --concentration 1", ["--concentration", "--variational"] },
        { "-k 2 --mean-prior data.csv", ["--mean-prior", "--variational"] },
        { "-k 2 --variational wishart", ["--variational", "'wishart'", "dirichlet, process"] },
        { "-k 2 --variational process --concentration 0", ["--concentration", "'0'", "positive"] },
        { "-k 2 --variational process --mean-precision NaN", ["--mean-precision", "'NaN'"] },
        { "-k 2 --variational process --degrees-of-freedom Infinity", ["--degrees-of-freedom", "'Infinity'"] },
        { "-k 2 --variational process --degrees-of-freedom 1", ["--degrees-of-freedom", "D - 1 = 1"] },
        { "-k 2 --variational process --freeze means", ["--variational", "--freeze"] },
        { "--variational process --ubm ubm.npz --relevance 4", ["--variational", "--relevance"] },
        { "--variational process --ubm ubm.npz --alpha 0.5", ["--variational", "--alpha"] },
        { "-k 2 --init responsibilities", ["--init responsibilities", "--init-posterior FILE"] },
        { "-k 2 --init-posterior data.csv", ["--init-posterior", "--init responsibilities"] },
        { "-k 2 --init random --init-posterior data.csv", ["--init-posterior", "--init responsibilities"] },
        { "-k 2 --weight-concentration-prior 1", ["--weight-concentration-prior", "here that is --concentration"] },
    };

    public static TheoryData<string, string, string[]> BadFiles => new()
    {
        { "--variational dirichlet --mean-prior bad.csv", "1,2,3\n", ["--mean-prior bad.csv", "3 numbers", "2 are needed"] },
        { "--variational dirichlet --mean-prior missing.npy", "", ["--mean-prior missing.npy", "no such file"] },
        { "--variational dirichlet --covariance-prior bad.csv", "1,2\n2,1\n", ["--covariance-prior bad.csv", "4 numbers", "2 are needed"] },
        { "--variational dirichlet --covariance full --covariance-prior bad.csv", "1,2\n2,1\n", ["positive definite"] },
        { "--init responsibilities --init-posterior bad.csv", "1,0\n0,1\n0.5,0.4\n", ["--init-posterior bad.csv", "row 3", "0.9"] },
        { "--init responsibilities --init-posterior bad.csv", "1,0\n0,1\n-1,2\n", ["--init-posterior bad.csv", "row 3", "-1"] },
        { "--init responsibilities --init-posterior bad.csv", "1,0\n0,1\n", ["--init-posterior bad.csv", "2 rows", "3 rows"] },
        { "--init responsibilities --init-posterior bad.csv", "1,0,0\n0,1,0\n1,0,0\n", ["bad.csv", "3 posteriors", "2 columns"] },
        { "--init responsibilities --init-posterior missing.npy", "", ["--init-posterior missing.npy", "no such file"] },
    };

    [Theory]
    [MemberData(nameof(WrongUse))]
    public void Train_WrongUse_Exits2WithOneLine(string options, string[] named)
    {
        using TestFolder folder = Folder();
        Failing.Check(folder, 2, ["train", "data.csv", "-o", "model.npz", .. options.Split(' ')], named);
    }

    [Theory]
    [MemberData(nameof(BadFiles))]
    public void Train_BadFile_Exits1AndNamesIt(string options, string contents, string[] named)
    {
        using TestFolder folder = Folder();
        folder.Write("bad.csv", contents);
        Failing.Check(folder, 1, ["train", "data.csv", "-k", "2", "-o", "model.npz", .. options.Split(' ')], named);
    }

    [Fact]
    public void Train_VariationalToGmm_Exits2BeforeAnyWork()
    {
        using TestFolder folder = Folder();
        Failing.Check(folder, 2, ["train", "data.csv", "-k", "2", "--variational", "process", "-o", "model.gmm"], [".gmm", "npz"]);
    }

    [Theory]
    [InlineData("d3k4/full_dp_own_5")]
    [InlineData("d3k4/diag_dd_own_20")]
    [InlineData("d1k3/full_dd_default_5")]
    [Trait("Lane", "Slow")]
    public void Train_ReferenceCase_IsScikitLearns(string name)
    {
        BayesCase c = BayesCase.Find(name);
        using TestFolder folder = new();
        List<string> priors = [];
        if (!c.HasDefaultPriors)
        {
            GmmVariationalOptions own = c.Priors;
            folder.Write("mean.csv", string.Join(',', own.Mean.ToArray().Select(Text)) + "\n");
            double[] covariance = own.Covariance.ToArray();
            int columns = c.Kind == CovarianceKind.Full ? own.Mean.Length : covariance.Length;
            IEnumerable<string> lines = covariance.Chunk(columns).Select(row => string.Join(',', row.Select(Text)) + "\n");
            folder.Write("covariance.csv", string.Concat(lines));
            priors =
            [
                "--concentration", Text(own.Concentration!.Value), "--mean-precision", Text(own.MeanPrecision), "--degrees-of-freedom",
                Text(own.DegreesOfFreedom!.Value), "--mean-prior", folder["mean.csv"], "--covariance-prior", folder["covariance.csv"],
            ];
        }

        string[] arguments =
        [
            "train", c.PathOf("x_train.npy"), "--covariance", c.Type, "--init", "responsibilities", "--init-posterior",
            c.PathOf("resp_init.npy"), "--variational", c.Weights == WeightPrior.DirichletProcess ? "process" : "dirichlet", .. priors,
            "--iterations", Text(c.Iterations), "--tolerance", "0", "-o", folder["model.npz"], "--report", folder["report.json"],
        ];
        GmmProcessResult result = GmmProcess.Run(arguments);
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("lower bound", result.StandardError, StringComparison.Ordinal);
        using JsonDocument report = JsonDocument.Parse(File.ReadAllText(folder["report.json"]));
        double bound = report.RootElement.GetProperty("lowerBound").GetDouble();
        Assert.Empty(c.Deviations(ModelFile.Load(folder["model.npz"]), bound));

        result = GmmProcess.Run("score", folder["model.npz"], c.PathOf("x_test.npy"), "-o", folder["densities.npy"], "-q");
        Assert.Equal(0, result.ExitCode);
        double[] densities = NumpyArchive.LoadArray(folder["densities.npy"]).Values;
        Assert.Empty(c.Deviations("log-densities", c.Arrays["score_samples_test"], densities, 1));

        // The .json has the same model, and .gmm cannot have it.
        Assert.Equal(0, GmmProcess.Run("convert", folder["model.npz"], folder["model.json"]).ExitCode);
        Assert.Empty(c.Deviations(ModelFile.Load(folder["model.json"]), bound));
        result = GmmProcess.Run("convert", folder["model.npz"], folder["model.gmm"]);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("variational", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
        Assert.Contains("dirichlet_", GmmProcess.Run("info", folder["model.npz"]).OutputText, StringComparison.Ordinal);
        using JsonDocument info = JsonDocument.Parse(GmmProcess.Run("info", folder["model.npz"], "--json").OutputText);
        Assert.Equal(
            c.Arrays["mean_precision"][0], info.RootElement.GetProperty("mixture")[0].GetProperty("meanPrecision").GetDouble(), 1e-3);
    }

    [Fact]
    public void Train_PriorsAsNpyOfTheirRank_AreReadWithoutReshaping()
    {
        using TestFolder folder = Folder();
        ArrayFile.Write(folder["mean.npy"], (ReadOnlySpan<double>)[2.0, 3.0]);
        ArrayFile.Write(folder["variances.npy"], (ReadOnlySpan<double>)[1.5, 2.5]);
        GmmProcessResult result = GmmProcess.Run(
            "train", folder["data.csv"], "-k", "1", "--variational", "dirichlet", "--mean-precision", "1e12", "--mean-prior",
            folder["mean.npy"], "--covariance-prior", folder["variances.npy"], "-o", folder["model.npz"], "-q");
        Assert.Equal(0, result.ExitCode);
        Assert.Equal([2.0, 3.0], ModelFile.Load(folder["model.npz"]).Means.ToArray(), (a, b) => Math.Abs(a - b) < 1e-9);
    }

    [Fact]
    public void Train_ResponsibilitiesWithoutK_TakesItFromTheFile()
    {
        using TestFolder folder = Folder();
        folder.Write("posteriors.csv", "1,0\n0,1\n0,1\n");
        GmmProcessResult result = GmmProcess.Run(
            "train", folder["data.csv"], "--init", "responsibilities", "--init-posterior", folder["posteriors.csv"], "--iterations", "1",
            "-o", folder["model.npz"]);
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(2, ModelFile.Load(folder["model.npz"]).ComponentCount);
        Assert.Contains("1 iteration ", result.StandardError, StringComparison.Ordinal);
    }

    private static TestFolder Folder()
    {
        TestFolder folder = new();
        folder.Write("data.csv", "1,2\n3,4\n5,7\n");
        GaussianMixture ubm = new(new CovarianceStructure(CovarianceKind.Diagonal, 2), [0.25, 0.75], [1, 2, 4, 6], [1, 2, 3, 4]);
        ModelFile.Save(ubm, folder["ubm.npz"]);
        return folder;
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}

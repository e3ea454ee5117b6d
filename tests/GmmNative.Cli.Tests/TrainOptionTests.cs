using System.Globalization;
using System.Text.Json;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Cli.Tests;

/// <summary>Starts, presets, floors and the names of other programs' options, through real processes.</summary>
public sealed class TrainOptionTests
{
    public static TheoryData<string, string[]> WrongValues => new()
    {
        { "--init k-means++", ["k-means++", "auto, kmeans++, kmeans, lbg, random", ".npz, .json or .gmm"] },
        { "--init means", ["'means'", "kmeans++"] },
        { "--init data.csv", ["'data.csv'", "auto"] },
        { "--variance-floor 101%", ["--variance-floor", "'101%'", "0% to 100%"] },
        { "--variance-floor x%", ["--variance-floor", "'x%'"] },
        { "--variance-floor %", ["--variance-floor", "'%'"] },
        { "--variance-floor NaN", ["--variance-floor", "'NaN'"] },
        { "--variance-floor-on trace", ["--variance-floor-on", "eigenvalues, diagonal"] },
        { "--regularization -1", ["--regularization", "'-1'"] },
        { "--preset sklearn", ["--preset", "'sklearn'", "diffsptk, sptk, scikit-learn"] },
        { "--n-components 3", ["--n-components", "here that is -k"] },
        { "--max-iter 3", ["--max-iter", "here that is --iterations"] },
        { "--max_iter=3", ["--max_iter=3", "here that is --iterations"] },
        { "--tol 1", ["--tol", "here that is --tolerance"] },
        { "--random-state 1", ["--random-state", "here that is --seed"] },
        { "--n-init 10", ["--n-init", "--init auto"] },
        { "--reg-covar 1e-6", ["--reg-covar", "here that is --regularization"] },
        { "--covariance_type full", ["--covariance_type", "here that is --covariance"] },
        { "--n_mixture 2", ["--n_mixture", "here that is -k"] },
        { "--n_iter 2", ["--n_iter", "here that is --iterations"] },
        { "--var_floor 2", ["--var_floor", "here that is --variance-floor"] },
        { "--weight_floor 2", ["--weight_floor", "here that is --weight-floor"] },
        { "--batch_size 2", ["--batch_size", "here that is --batch-size"] },
    };

    [Theory]
    [MemberData(nameof(WrongValues))]
    public void Train_WrongValueOrForeignOption_SaysWhatItIsHere(string options, string[] named)
    {
        using TestFolder folder = new();
        folder.Write("data.csv", "1,2\n3,4\n5,7\n");
        Failing.Check(folder, 2, ["train", "data.csv", "-k", "2", "-o", "model.npz", .. options.Split(' ')], named);
    }

    [Fact]
    [Trait("Lane", "Slow")]
    public void Train_ByDefault_TriesSeveralStartsAndStopsOnTheAverage()
    {
        using TestFolder folder = new();
        folder.Write("data.csv", Blobs());
        double[] reached =
            [.. new[] { "auto", "kmeans++", "kmeans", "lbg", "random" }.Select(start => Train(folder, "-k", "5", "--init", start).Average)];
        (double average, _, string reason) = Train(folder, "-k", "5");
        Assert.Equal(reached[0], average);
        Assert.True(average >= reached.Max() - 0.05);
        Assert.Equal("converged", reason);

        // The total must rise by less than the tolerance to stop there: more iterations.
        int iterations = Train(folder, "-k", "5", "--init", "lbg").Iterations;
        Assert.True(Train(folder, "-k", "5", "--init", "lbg", "--tolerance-on", "total").Iterations > iterations);
    }

    [Fact]
    [Trait("Lane", "Slow")]
    public void Train_Presets_AreTheirOptionsAndSingleOnesOverride()
    {
        using TestFolder folder = new();
        folder.Write("data.csv", Blobs());
        Assert.Equal(
            Train(folder, "-k", "3", "--preset", "diffsptk"),
            Train(
                folder, "-k", "3", "--preset", "sptk", "--init", "lbg", "--tolerance-on", "total", "--iterations", "100",
                "--variance-floor-on", "diagonal"));
        Assert.Equal(7, Train(folder, "-k", "3", "--preset", "diffsptk", "--tolerance", "0", "--iterations", "7").Iterations);
        Assert.True(Train(folder, "-k", "3", "--preset", "sptk").Iterations <= Train(folder, "-k", "3", "--preset", "diffsptk").Iterations);

        // scikit-learn's regularization is added to every variance; its floors are none.
        folder.Write("constant.csv", "1,5\n2,5\n3,5\n4,5\n");
        GmmProcessResult result = GmmProcess.Run(
            "train", folder["constant.csv"], "-k", "1", "-o", folder["m.npz"], "--preset", "scikit-learn", "-q");
        Assert.Equal(0, result.ExitCode);
        Assert.Equal([1.25 + 1e-6, 1e-6], ModelFile.Load(folder["m.npz"]).Covariances.ToArray());
        result = GmmProcess.Run(
            "train", folder["constant.csv"], "-k", "1", "-o", folder["m.npz"], "--preset", "scikit-learn", "--regularization", "0.5", "-q");
        Assert.Equal(0, result.ExitCode);
        Assert.Equal([1.75, 0.5], ModelFile.Load(folder["m.npz"]).Covariances.ToArray());
    }

    [Fact]
    public void Train_FloorInPercent_IsAShareOfEachColumnsVariance()
    {
        using TestFolder folder = new();
        folder.Write(
            "data.csv", string.Concat(Enumerable.Range(0, 40).Select(t => FormattableString.Invariant($"{t % 2},{1000 * (t % 2)}\n"))));
        GmmProcessResult result = GmmProcess.Run(
            "train", folder["data.csv"], "-k", "2", "-o", folder["m.npz"], "--variance-floor", "4%", "-q");
        Assert.Equal(0, result.ExitCode);
        Assert.All(ModelFile.Load(folder["m.npz"]).Covariances.ToArray().Chunk(2), variances =>
        {
            Assert.Equal(0.01, variances[0], 1e-12);
            Assert.Equal(1e4, variances[1], 1e-6);
        });
    }

    [Fact]
    public void Train_SingularWithoutFloor_NamesColumnAndExits1()
    {
        using TestFolder folder = new();
        folder.Write("data.csv", "1,5\n2,5\n3,5\n4,5\n");
        Failing.Check(
            folder, 1, ["train", "data.csv", "-k", "1", "-o", "model.npz", "--variance-floor", "0"], ["column 2 is constant", "floor"]);
    }

    [Fact]
    public void Train_EndedByItsLimit_SaysWhatTheLastIterationGained()
    {
        using TestFolder folder = new();
        GmmProcessResult result = GmmProcess.Run(
            "train", TestData.Faithful, "-k", "4", "-o", folder["m.npz"], "--iterations", "3", "--tolerance", "0");
        Assert.Equal(0, result.ExitCode);
        Assert.Matches(@"3 iterations \(iteration limit; the last one gained [0-9.E-]+ nats per row\)", result.StandardError);
    }

    private static (double Average, int Iterations, string Reason) Train(TestFolder folder, params string[] options)
    {
        GmmProcessResult result = GmmProcess.Run(
            ["train", folder["data.csv"], "-o", folder["m.npz"], "--report", folder["r.json"], "-q", .. options]);
        Assert.True(result.ExitCode == 0, result.StandardError);
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(folder["r.json"]));
        JsonElement report = document.RootElement;
        return (
            report.GetProperty("averageLogLikelihood").GetDouble(), report.GetProperty("iterations").GetInt32(),
            report.GetProperty("stopReason").GetString()!);
    }

    private static string Blobs()
    {
        Random random = new(7);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return string.Concat(Enumerable.Range(0, 500).Select(t =>
            string.Create(CultureInfo.InvariantCulture, $"{(t % 5 * 3) + Normal():F6},{(t % 5 * (t % 5)) + Normal():F6}\n")));
    }
}

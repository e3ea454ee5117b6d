using System.Globalization;
using System.Runtime.InteropServices;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Cli.Tests;

/// <summary>score, posterior, predict and transform against the definitions.</summary>
public sealed class ModelCommandTests
{
    // Sums of two exponentials, written the plain way: a few roundings apart from the program.
    private const double Relative = 1e-12;

    private static readonly double[] Rows = [0.5, -1, 9, 22, 4, 8, 10, 20];

    private static readonly double[] Expected =
        [TestData.LogDensity(0.5, -1), TestData.LogDensity(9, 22), TestData.LogDensity(4, 8), TestData.LogDensity(10, 20)];

    [Fact]
    public void Score_WithoutOutput_WritesTextAndSummary()
    {
        using TestFolder folder = Folder();
        GmmProcessResult result = GmmProcess.Run("score", folder["model.npz"], folder["data.npy"]);
        Assert.Equal(0, result.ExitCode);
        double[] densities = [.. result.OutputText.TrimEnd('\n').Split('\n').Select(l => double.Parse(l, CultureInfo.InvariantCulture))];
        AssertClose(Expected, densities);
        string summary = Assert.Single(result.ErrorLines);
        Assert.Contains("4 rows", summary, StringComparison.Ordinal);
        Assert.Contains(
            string.Create(CultureInfo.InvariantCulture, $"average log-density {Expected.Average():F6} nats"), summary,
            StringComparison.Ordinal);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"total {Expected.Sum():F4} nats"), summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Score_ToEachFormat_WritesTheSameNumbers()
    {
        using TestFolder folder = Folder();
        GmmProcessResult text = GmmProcess.Run("score", folder["model.npz"], folder["data.npy"], "-q");
        double[] densities = [.. text.OutputText.TrimEnd('\n').Split('\n').Select(l => double.Parse(l, CultureInfo.InvariantCulture))];
        Assert.Empty(text.ErrorLines);

        Succeed("score", folder["model.npz"], folder["data.npy"], "-o", folder["out.npy"]);
        Assert.Equal(densities, TestData.ReadNpy(folder["out.npy"]));

        Succeed("score", folder["model.npz"], folder["data.npy"], "-o", folder["out.csv"]);
        Assert.Equal(densities, File.ReadAllLines(folder["out.csv"]).Select(l => double.Parse(l, CultureInfo.InvariantCulture)));

        Succeed("score", folder["model.npz"], folder["data.npy"], "-o", folder["out.raw"]);
        Assert.Equal(densities, TestData.Doubles(File.ReadAllBytes(folder["out.raw"])));

        GmmProcessResult standard = Succeed("score", folder["model.npz"], folder["data.npy"], "-o", "-");
        Assert.Equal(densities, TestData.Doubles(standard.StandardOutput));
    }

    [Fact]
    public void Score_RawFromStandardInput_EqualsFile()
    {
        using TestFolder folder = Folder();
        GmmProcessResult file = Succeed("score", folder["model.npz"], folder["data.npy"]);
        GmmProcessResult doubles = GmmProcess.Run(["score", folder["model.npz"], "-", "--dimension", "2"], TestData.Bytes(Rows));
        Assert.Equal(file.OutputText, doubles.OutputText);

        byte[] single = MemoryMarshal.AsBytes([.. Rows.Select(r => (float)r)]).ToArray();
        GmmProcessResult floats = GmmProcess.Run(["score", folder["model.npz"], "-", "--dimension", "2", "--type", "f32"], single);
        Assert.Equal(file.OutputText, floats.OutputText);
    }

    [Fact]
    public void Score_SptkModel_EqualsNpz()
    {
        using TestFolder folder = Folder();
        ModelFile.Save(TestData.Model, folder["model.gmm"]);
        GmmProcessResult npz = Succeed("score", folder["model.npz"], folder["data.npy"]);
        GmmProcessResult gmm = Succeed("score", folder["model.gmm"], folder["data.npy"], "-k", "2");
        Assert.Equal(npz.OutputText, gmm.OutputText);
    }

    [Fact]
    public void Posterior_Always_IsBayes()
    {
        using TestFolder folder = Folder();
        Succeed("posterior", folder["model.npz"], folder["data.npy"], "-o", folder["out.npy"]);
        double[] posteriors = TestData.ReadNpy(folder["out.npy"]);
        Assert.Equal(8, posteriors.Length);
        for (int t = 0; t < 4; t++)
        {
            Assert.Equal(1, posteriors[2 * t] + posteriors[(2 * t) + 1], Relative);
        }

        // By hand, for the third row (4, 8): the logarithms of both weighted densities without the constant they share.
        double first = Math.Log(0.25) - (0.5 * (Math.Log(4) + (16 / 1.0) + (64 / 4.0)));
        double second = Math.Log(0.75) - (0.5 * (Math.Log(144) + (36 / 9.0) + (144 / 16.0)));
        AssertClose([1 / (1 + Math.Exp(second - first)), 1 / (1 + Math.Exp(first - second))], posteriors[4..6]);
    }

    [Fact]
    public void Predict_Always_TakesTheLargestPosterior()
    {
        using TestFolder folder = Folder();
        GmmProcessResult text = Succeed("predict", folder["model.npz"], folder["data.npy"]);
        Assert.Equal("0\n1\n1\n1\n", text.OutputText);
        GmmProcessResult raw = Succeed("predict", folder["model.npz"], folder["data.npy"], "-o", "-");
        Assert.Equal([0, 1, 1, 1], MemoryMarshal.Cast<byte, int>(raw.StandardOutput).ToArray());
    }

    [Fact]
    public void Transform_FirstCoordinate_IsTheRegressionOfTheOther()
    {
        using TestFolder folder = Folder();
        ModelFile.Save(TestData.FullModel, folder["joint.npz"]);
        folder.Write("source.csv", "1\n-2\n11\n");
        Succeed(
            "transform",
            folder["joint.npz"],
            folder["source.csv"],
            "-o",
            folder["out.npy"],
            "--labels",
            folder["labels.csv"],
            "--log-density",
            folder["density.npy"]);

        // y = mu_y + Sigma_yx / Sigma_xx (x - mu_x) of the component that x alone most probably comes from.
        AssertClose([0.5 * 1, 0.5 * -2, 20 + (-1 / 4.0 * (11 - 10))], TestData.ReadNpy(folder["out.npy"]));
        Assert.Equal(["0", "0", "1"], File.ReadAllLines(folder["labels.csv"]));
        double[] densities = [.. new double[] { 1, -2, 11 }.Select(x => Math.Log(
            (0.5 * Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI)) + (0.5 * Math.Exp(-(x - 10) * (x - 10) / 8) / Math.Sqrt(8 * Math.PI))))];
        AssertClose(densities, TestData.ReadNpy(folder["density.npy"]));
    }

    [Fact]
    public void Transform_AllCoordinates_WritesLabelsAndDensities()
    {
        using TestFolder folder = Folder();
        Succeed(
            "transform", folder["model.npz"], folder["data.npy"], "--labels", folder["labels.csv"], "--log-density", folder["density.npy"]);
        Assert.Equal(["0", "1", "1", "1"], File.ReadAllLines(folder["labels.csv"]));
        AssertClose(Expected, TestData.ReadNpy(folder["density.npy"]));
    }

    private static TestFolder Folder()
    {
        TestFolder folder = new();
        ModelFile.Save(TestData.Model, folder["model.npz"]);
        folder.Write("data.npy", TestData.Npy(2, Rows));
        return folder;
    }

    private static GmmProcessResult Succeed(params string[] arguments)
    {
        GmmProcessResult result = GmmProcess.Run(arguments);
        Assert.True(result.ExitCode == 0, result.StandardError);
        return result;
    }

    private static void AssertClose(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], Relative * Math.Max(1, Math.Abs(expected[i])));
        }
    }
}

using System.IO.Compression;
using System.Text;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Tests.Files;

/// <summary>Model files with a variational posterior, and what such a model does with it.</summary>
public sealed class VariationalModelTests
{
    private static readonly CovarianceStructure Structure = new(CovarianceKind.Full, 2);

    private static readonly GaussianMixture Estimates = new(Structure, [0.25, 0.75], [0, 1, 4, 5], [1, 0.5, 0.5, 2, 3, 0, 0, 1]);

    private static readonly VariationalPosterior Distribution = new(
        WeightPrior.DirichletDistribution, [2.5, 7.5], [3, 8], [4.25, 9.25]);

    private static readonly VariationalPosterior Process = new(
        WeightPrior.DirichletProcess, [2.5, 7.5, 7.25, 0.5], [3, 8], [4.25, 9.25]);

    public static TheoryData<WeightPrior, ModelFileFormat> Formats => new()
    {
        { WeightPrior.DirichletDistribution, ModelFileFormat.Npz },
        { WeightPrior.DirichletDistribution, ModelFileFormat.Json },
        { WeightPrior.DirichletProcess, ModelFileFormat.Npz },
        { WeightPrior.DirichletProcess, ModelFileFormat.Json },
    };

    [Theory]
    [MemberData(nameof(Formats))]
    public void Save_ThenLoad_KeepsEveryBit(WeightPrior prior, ModelFileFormat format)
    {
        VariationalPosterior posterior = prior == WeightPrior.DirichletProcess ? Process : Distribution;
        GaussianMixture model = Estimates.WithVariational(posterior).WithColumns(["x", "y"]);
        GaussianMixture again = ModelFile.Load(ModelFile.Save(model, format), format);
        VariationalPosterior read = again.Variational!;
        Assert.Equal(prior, read.WeightPrior);
        Assert.Equal(posterior.WeightConcentration.ToArray(), read.WeightConcentration.ToArray());
        Assert.Equal(posterior.MeanPrecision.ToArray(), read.MeanPrecision.ToArray());
        Assert.Equal(posterior.DegreesOfFreedom.ToArray(), read.DegreesOfFreedom.ToArray());
        Assert.Equal(model.Means.ToArray(), again.Means.ToArray());
        Assert.Equal(["x", "y"], again.Columns);
        Assert.Equal(ModelFile.Save(model, format), ModelFile.Save(again, format));
    }

    [Fact]
    public void Save_Npz_HasTheNamesOfScikitLearnAndVersion2()
    {
        byte[] bytes = ModelFile.Save(Estimates.WithVariational(Process), ModelFileFormat.Npz);
        using ZipArchive zip = new(new MemoryStream(bytes));
        Assert.Equal(
            [
                "weights.npy", "means.npy", "covariances.npy", "covariance_type.npy", "block_size.npy",
                "weight_concentration_prior_type.npy", "weight_concentration.npy",
                "mean_precision.npy", "degrees_of_freedom.npy", "format_version.npy",
            ],
            zip.Entries.Select(entry => entry.Name));
        using MemoryStream version = new();
        using (Stream stream = zip.GetEntry("format_version.npy")!.Open())
        {
            stream.CopyTo(version);
        }

        Assert.Equal(2, version.ToArray()[^8]);
        string json = Encoding.UTF8.GetString(ModelFile.Save(Estimates.WithVariational(Process), ModelFileFormat.Json));
        Assert.Contains("\"format_version\": 2", json, StringComparison.Ordinal);
        Assert.Contains("\"weight_concentration_prior_type\": \"dirichlet_process\"", json, StringComparison.Ordinal);
        Assert.Contains(
            "\"format_version\": 1", Encoding.UTF8.GetString(ModelFile.Save(Estimates, ModelFileFormat.Json)), StringComparison.Ordinal);
    }

    [Fact]
    public void Save_Gmm_IsRefusedAndWritesNothing()
    {
        using TemporaryFolder folder = new();
        string path = folder.PathOf("model.gmm");
        ModelFileException error = Assert.Throws<ModelFileException>(() => ModelFile.Save(Estimates.WithVariational(Process), path));
        Assert.Contains("variational", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(path));
        Assert.Throws<ModelFileException>(() => ModelFile.Save(Estimates.WithVariational(Process), ModelFileFormat.Sptk));
    }

    [Theory]
    [InlineData("\"mean_precision\": [3, 8],", "", "'mean_precision'")]
    [InlineData("\"mean_precision\": [3, 8]", "\"mean_precision\": [3]", "(1,)", "(2,)")]
    [InlineData("\"mean_precision\": [3, 8]", "\"mean_precision\": 3", "shape ()")]
    [InlineData("\"mean_precision\": [3, 8]", "\"mean_precision\": [3, 0]", "mean precision is 0")]
    [InlineData("\"mean_precision\": [3, 8]", "\"mean_precision\": [3, -8]", "mean precision is -8")]
    [InlineData("[4.25, 9.25]", "[1, 9.25]", "degrees of freedom", "above D - 1")]
    [InlineData("[4.25, 9.25]", "[4, 5, 6]", "'degrees_of_freedom'")]
    [InlineData("\"weight_concentration\": [2.5, 7.5]", "\"weight_concentration\": [[2.5, 7.5]]", "'weight_concentration'")]
    [InlineData("dirichlet_distribution", "dirichlet_process", "'weight_concentration'")]
    [InlineData("dirichlet_distribution", "dirichlet", "'dirichlet'", "dirichlet_process")]
    public void Load_WrongPosterior_NamesTheArray(string from, string to, params string[] named)
    {
        string json = Encoding.UTF8.GetString(ModelFile.Save(Estimates.WithVariational(Distribution), ModelFileFormat.Json));
        Assert.Contains(from, json, StringComparison.Ordinal);
        byte[] bytes = Encoding.UTF8.GetBytes(json.Replace(from, to, StringComparison.Ordinal));
        ModelFileException error = Assert.Throws<ModelFileException>(() => ModelFile.Load(bytes, ModelFileFormat.Json));
        Assert.All(named, text => Assert.Contains(text, error.Message, StringComparison.Ordinal));
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void Model_OtherUses_TakeThePointEstimates()
    {
        GaussianMixture model = Estimates.WithColumns(["x", "y"]).WithVariational(Distribution);
        Assert.Same(Distribution, model.WithColumns(["a", "b"]).Variational);
        Assert.Same(Distribution, model.OrderColumns(["y", "x"]).Variational);
        Assert.Same(model, model.WithStructure(Structure));
        Assert.Null(model.WithStructure(new CovarianceStructure(CovarianceKind.Diagonal, 2)).Variational);
        Assert.Null(model.Marginal(1).Variational);
        Assert.Null(model.Marginal(2).Variational);
        Assert.Null(model.WithVariational(null).Variational);
        double[,] rows = { { 1, 2 }, { 4, 4 } };
        TransformResult expected = Estimates.Transform(rows);
        Assert.Equal(expected.LogDensities, model.Transform(rows).LogDensities);
        Assert.NotEqual(Estimates.LogDensities(rows), model.LogDensities(rows));
    }

    [Fact]
    public void LogDensities_OfAPosterior_AreThoseOfTheDefinition()
    {
        // One coordinate and one component: everything but the normalizer cancels, digamma(2) = 1 - gamma.
        GaussianMixture model = new GaussianMixture(new CovarianceStructure(CovarianceKind.Diagonal, 1), [1], [0], [3])
            .WithVariational(new VariationalPosterior(WeightPrior.DirichletDistribution, [7], [5], [4]));
        const double gamma = 0.57721566490153286;
        double density = (-0.5 * Math.Log(2 * Math.PI * 3)) - (0.5 * 4 / 3);
        double expected = density - (0.5 * Math.Log(4)) + (0.5 * (Math.Log(2) + 1 - gamma - 0.2));
        Assert.Equal(expected, model.LogDensities(new double[,] { { 2 } })[0], 1e-14);
        Assert.Equal(expected, model.CreateScorer().LogDensity([2.0]), 1e-14);
    }

    [Fact]
    public void Constructor_WrongNumbers_IsAnError()
    {
        Assert.ThrowsAny<ArgumentException>(() => new VariationalPosterior((WeightPrior)2, [1], [1], [1]));
        Assert.ThrowsAny<ArgumentException>(() => new VariationalPosterior(WeightPrior.DirichletDistribution, [], [], []));
        Assert.ThrowsAny<ArgumentException>(() => new VariationalPosterior(WeightPrior.DirichletProcess, [1], [1], [1]));
        Assert.ThrowsAny<ArgumentException>(() => new VariationalPosterior(WeightPrior.DirichletDistribution, [double.NaN], [1], [1]));
        Assert.ThrowsAny<ArgumentException>(() => new VariationalPosterior(WeightPrior.DirichletDistribution, [1, 1], [1, 1], [1, 1, 1]));
        Assert.ThrowsAny<ArgumentException>(() => Estimates.WithVariational(new(WeightPrior.DirichletDistribution, [1], [1], [3])));
        VariationalPosterior low = new(WeightPrior.DirichletDistribution, [1, 1], [1, 1], [1, 3]);
        Assert.ThrowsAny<ArgumentException>(() => Estimates.WithVariational(low));
    }
}

using System.IO.Compression;
using GmmNative.Files.Models;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Tests.Files;

/// <summary>Models as the attributes of a scikit-learn estimator, <c>.sklearn.npz</c>.</summary>
public sealed class ScikitLearnModelTests
{
    private static readonly double[] Matrices = [4, 1, 0, 1, 3, 0, 0, 0, 2, 5, -2, 0, -2, 6, 0, 0, 0, 1];

    public static TheoryData<CovarianceKind, int[], double[], string> Structures => new()
    {
        { CovarianceKind.Full, [3], Matrices, "full" },
        { CovarianceKind.Full, [2, 1], Matrices, "full" },
        { CovarianceKind.Diagonal, [3], [1, 2, 3, 4, 5, 6], "diag" },
        { CovarianceKind.Diagonal, [1, 1, 1], Matrices, "full" },
        { CovarianceKind.Spherical, [3], [2, 3], "spherical" },
        { CovarianceKind.Tied, [3], Matrices[..9], "tied" },
        { CovarianceKind.TiedDiagonal, [3], [1, 2, 3], "tied" },
        { CovarianceKind.TiedSpherical, [3], [2], "tied" },
    };

    [Theory]
    [MemberData(nameof(Structures))]
    public void Save_AnyStructure_HasScikitLearnsTypeAndTheSameDensities(
        CovarianceKind kind, int[] blocks, double[] covariances, string type)
    {
        GaussianMixture model = Model(new CovarianceStructure(kind, 3, blocks), covariances);
        byte[] bytes = ModelFile.Save(model, ModelFileFormat.ScikitLearn);
        GaussianMixture again = ModelFile.Load(bytes);
        Assert.Equal(type, again.Structure.KindName);
        Assert.Equal(model.Weights.ToArray(), again.Weights.ToArray());
        Assert.Equal(model.Means.ToArray(), again.Means.ToArray());
        Assert.Equal(["x", "y", "z"], again.Columns);
        double[,] rows = { { 0.5, 1, 2 }, { -3, 4, 1 }, { 3.5, 4, 9 } };
        Assert.All(
            model.LogDensities(rows).Zip(again.LogDensities(rows)), pair => Assert.Equal(pair.First, pair.Second, 1e-13 * 30));
    }

    [Theory]
    [MemberData(nameof(Structures))]
    public void Save_AnyStructure_FactorsAreThoseOfTheInverse(CovarianceKind kind, int[] blocks, double[] covariances, string type)
    {
        byte[] bytes = ModelFile.Save(Model(new CovarianceStructure(kind, 3, blocks), covariances), ModelFileFormat.ScikitLearn);
        NpzArchive archive = new(new MemoryStream(bytes));
        double[] stored = archive.Require("covariances_").ReadDoubles();
        double[] precisions = archive.Require("precisions_").ReadDoubles();
        double[] factors = archive.Require("precisions_cholesky_").ReadDoubles();
        Assert.Equal(archive.Require("covariances_").Header.Shape, archive.Require("precisions_cholesky_").Header.Shape);
        int size = type is "full" or "tied" ? 3 : 1;
        for (int first = 0; first < stored.Length; first += size * size)
        {
            for (int i = 0; i < size; i++)
            {
                for (int j = 0; j < size; j++)
                {
                    // U U' = P and Sigma P = I, to the rounding of three additions.
                    double product = Enumerable.Range(0, size)
                        .Sum(m => factors[first + (i * size) + m] * factors[first + (j * size) + m]);
                    Assert.Equal(precisions[first + (i * size) + j], product, 1e-14);
                    double unit = Enumerable.Range(0, size)
                        .Sum(m => stored[first + (i * size) + m] * precisions[first + (m * size) + j]);
                    Assert.Equal(i == j ? 1 : 0, unit, 1e-14);
                    Assert.True(i <= j || factors[first + (i * size) + j] == 0, "The factor is not upper triangular.");
                }
            }
        }
    }

    [Theory]
    [InlineData(WeightPrior.DirichletDistribution, "weight_concentration_")]
    [InlineData(WeightPrior.DirichletProcess, "weight_concentration_")]
    public void Save_Variational_KeepsThePosterior(WeightPrior prior, string name)
    {
        double[] concentration = prior == WeightPrior.DirichletProcess ? [2.5, 7.5, 7.25, 0.5] : [2.5, 7.5];
        VariationalPosterior posterior = new(prior, concentration, [3, 8], [4.25, 9.25]);
        GaussianMixture model = Model(new CovarianceStructure(CovarianceKind.Full, 3, [2, 1]), Matrices).WithVariational(posterior);
        byte[] bytes = ModelFile.Save(model, ModelFileFormat.ScikitLearn);
        VariationalPosterior again = ModelFile.Load(bytes).Variational!;
        Assert.Equal(prior, again.WeightPrior);
        Assert.Equal(concentration, again.WeightConcentration.ToArray());
        Assert.Equal([3, 8], again.MeanPrecision.ToArray());
        Assert.Equal([4.25, 9.25], again.DegreesOfFreedom.ToArray());
        Assert.NotNull(new NpzArchive(new MemoryStream(bytes)).Find(name));
    }

    [Fact]
    public void Save_Path_TheLongestExtensionDecides()
    {
        using TestFolder folder = new();
        GaussianMixture model = Model(new CovarianceStructure(CovarianceKind.Spherical, 3), [2, 3]);
        ModelFile.Save(model, folder["model.SKLEARN.npz"]);
        ModelFile.Save(model, folder["sklearn.npz"]);
        Assert.Equal(ModelFile.Save(model, ModelFileFormat.ScikitLearn), File.ReadAllBytes(folder["model.SKLEARN.npz"]));
        Assert.Equal(ModelFile.Save(model, ModelFileFormat.Npz), File.ReadAllBytes(folder["sklearn.npz"]));
        Assert.Equal("spherical", ModelFile.Load(folder["model.SKLEARN.npz"]).Structure.KindName);
    }

    [Fact]
    public void Load_MissingAttribute_NamesIt()
    {
        byte[] bytes = ModelFile.Save(Model(new CovarianceStructure(CovarianceKind.Spherical, 3), [2, 3]), ModelFileFormat.ScikitLearn);
        using MemoryStream stream = new();
        stream.Write(bytes);
        using (ZipArchive zip = new(stream, ZipArchiveMode.Update, leaveOpen: true))
        {
            zip.GetEntry("means_.npy")!.Delete();
        }

        ModelFileException e = Assert.Throws<ModelFileException>(() => ModelFile.Load(stream.ToArray()));
        Assert.StartsWith("model: it has no array 'means_', only ", e.Message, StringComparison.Ordinal);
    }

    private static GaussianMixture Model(CovarianceStructure structure, double[] covariances) =>
        new GaussianMixture(structure, [0.25, 0.75], [0, 1, 2, 3, 4, 5], covariances).WithColumns(["x", "y", "z"]);
}

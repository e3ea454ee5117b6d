using CommunityToolkit.HighPerformance;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Tests.Model;

/// <summary>The names of a model's columns: kept in files, and used to read rows.</summary>
public sealed class ModelColumnsTests : IDisposable
{
    private static readonly string[] Names = ["eruptions", "größe 😀", ""];

    private static readonly GaussianMixture Full = new(
        new CovarianceStructure(CovarianceKind.Full, 3),
        [0.4, 0.6],
        [1, 2, 3, 4, 5, 6],
        [4, 0.5, 0.25, 0.5, 5, 0.75, 0.25, 0.75, 6, 7, -0.5, 0, -0.5, 8, 1, 0, 1, 9]);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("m.npz")]
    [InlineData("m.json")]
    public void Save_ModelWithNames_KeepsThem(string name)
    {
        string path = _folder.PathOf(name);
        foreach (string[] names in (string[][])[Names, ["a\"b\\c", "x, y", "tab\there"], ["", "", ""]])
        {
            ModelFile.Save(Full.WithColumns(names), path);
            GaussianMixture read = ModelFile.Load(path);
            Assert.Equal(names, read.Columns!);
            Assert.Equal(Full.Covariances.ToArray(), read.Covariances.ToArray());
        }

        ModelFile.Save(Full, path);
        Assert.Null(ModelFile.Load(path).Columns);
        Assert.DoesNotContain("columns", File.ReadAllText(path), StringComparison.Ordinal);
    }

    [Fact]
    public void Save_NamesAsSptk_AreLeftOut()
    {
        string path = _folder.PathOf("m.gmm");
        ModelFile.Save(Full.WithColumns(Names), path);
        Assert.Null(ModelFile.Load(path, 3, 2).Columns);
    }

    [Theory]
    [InlineData("\"columns\": [\"a\", \"b\"]", "2 names", "dimension 1")]
    [InlineData("\"columns\": [1]", "not a list of strings")]
    [InlineData("\"columns\": \"a\"", "not a list of strings")]
    [InlineData("\"columns\": [\"a\\u0000b\"]", "zero character")]
    [InlineData("\"columns\": [\"\\ud800\"]", "Unicode")]
    public void Load_NamesThatCannotBe_AreRefused(string columns, params string[] named) =>
        Tests.Files.Refusal.ExpectModel(
            _folder.Write("m.json", $"{{\"weights\": [1], \"means\": [[0]], \"covariances\": [[1]], {columns}}}"), named);

    [Fact]
    public void Load_NoNames_MayBeNull() =>
        Assert.Null(ModelFile.Load(
            _folder.Write("m.json", "{\"weights\": [1], \"means\": [[0]], \"covariances\": [[1]], \"columns\": null}")).Columns);

    [Fact]
    public void WithColumns_NamesThatCannotBe_AreErrors()
    {
        Assert.Throws<ArgumentException>(() => Full.WithColumns(["a", "b"]));
        Assert.Throws<ArgumentException>(() => Full.WithColumns(["a", "b", "c\0"]));
        Assert.Throws<ArgumentException>(() => Full.WithColumns(["a", "b", null!]));
        Assert.Null(Full.WithColumns(Names).WithColumns(null).Columns);
    }

    [Fact]
    public void DerivedModels_KeepTheNames()
    {
        GaussianMixture named = Full.WithColumns(["a", "b", "c"]);
        Assert.Equal(["a", "b"], named.Marginal(2).Columns!);
        Assert.Equal(["a", "b", "c"], named.WithStructure(new CovarianceStructure(CovarianceKind.Diagonal, 3)).Columns!);
    }

    [Theory]
    [InlineData(CovarianceKind.Full)]
    [InlineData(CovarianceKind.Diagonal)]
    public void OrderColumns_AnotherOrder_GivesTheSameDensities(CovarianceKind kind)
    {
        GaussianMixture named = Full.WithStructure(new CovarianceStructure(kind, 3)).WithColumns(["a", "b", "c"]);
        GaussianMixture ordered = named.OrderColumns(["c", "a", "b"]);
        Assert.Equal(["c", "a", "b"], ordered.Columns!);
        Assert.Equal([3, 1, 2, 6, 4, 5], ordered.Means.ToArray());
        double[] expected = Unnamed(named).LogDensities(Rows(new double[,] { { 1, 2, 3 }, { 0, -1, 5 } }));
        double[] found = Unnamed(ordered).LogDensities(Rows(new double[,] { { 3, 1, 2 }, { 5, 0, -1 } }));
        Assert.All(expected.Zip(found), p => Assert.Equal(p.First, p.Second, 1e-12));
        Assert.Same(named, named.OrderColumns(["a", "b", "c"]));
    }

    [Fact]
    public void OrderColumns_ThatCannotBe_IsAnError()
    {
        GaussianMixture named = Full.WithColumns(["a", "b", "c"]);
        Assert.Throws<ArgumentException>(() => Full.OrderColumns(["a", "b", "c"]));
        Assert.Throws<ArgumentException>(() => named.OrderColumns(["a", "b"]));
        Assert.Throws<ArgumentException>(() => named.OrderColumns(["a", "b", "x"]));
        GaussianMixture blocks = new GaussianMixture(
            new CovarianceStructure(CovarianceKind.Full, 2, [1, 1]), [1], [0, 0], [1, 0, 0, 2]).WithColumns(["a", "b"]);
        Assert.Throws<ArgumentException>(() => blocks.OrderColumns(["b", "a"]));
        Assert.Same(blocks, blocks.OrderColumns(["a", "b"]));
    }

    [Fact]
    public void Model_OfRowsWithNames_ReadsThemByName()
    {
        IVectorSource rows = VectorFile.Open(_folder.Write("ab.csv", "a,b\n1,20\n2,21\n9,5\n8,4\n1.5,20\n"));
        GmmFitResult fit = new GaussianMixtureModeling(1, 2).Fit(rows);
        Assert.Equal(["a", "b"], fit.Model.Columns!);
        Assert.Equal(["a", "b"], new GaussianMixtureModeling(1, 2).Warmup(rows).Columns!);

        IVectorSource other = VectorFile.Open(_folder.Write("ba.csv", "b,x,a\n20,0,1\n21,0,2\n5,0,9\n4,0,8\n20,0,1.5\n"));
        Assert.Equal(fit.Model.LogDensities(rows), fit.Model.LogDensities(other));
        Assert.Equal(fit.Model.Labels(rows), fit.Model.Labels(other));
        Assert.Equal(fit.Model.Posteriors(rows).Cast<double>(), fit.Model.Posteriors(other).Cast<double>());

        IVectorSource first = VectorFile.Open(_folder.Write("a.csv", "x,a\n0,1\n0,2\n0,9\n0,8\n0,1.5\n"));
        IVectorSource alone = VectorFile.Open(_folder.Write("1.csv", "1\n2\n9\n8\n1.5\n"));
        Assert.Equal(fit.Model.Transform(alone).Converted!.Cast<double>(), fit.Model.Transform(first).Converted!.Cast<double>());
        Tests.Files.Refusal.Expect<VectorDataException>(() => fit.Model.LogDensities(first), "no column 'b'");
        GaussianMixtureModeling again = new(1, 2);
        again.SetParameters(fit.Model);
        Assert.Equal(["a", "b"], again.Fit(other).Model.Columns!);
    }

    [Fact]
    public void NotFinite_InANamedColumn_IsReportedByName()
    {
        IVectorSource rows = VectorFile.Open(_folder.Write("x.csv", "a,b\n1,2\n3,nan\n"), new VectorFileOptions { Columns = ["b"] });
        VectorDataException e = Assert.Throws<VectorDataException>(() => new GaussianMixtureModeling(0, 1).Fit(rows));
        Assert.Contains("line 3, column 2 (b)", e.Message, StringComparison.Ordinal);
    }

    private static GaussianMixture Unnamed(GaussianMixture model) => model.WithColumns(null);

    private static IVectorSource Rows(double[,] rows) => VectorSource.From(new ReadOnlyMemory2D<double>(rows));
}

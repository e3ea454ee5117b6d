using GmmNative.Files.Numbers;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Tests.Files;

/// <summary>Models whose arrays fit one kind of covariance or two: never taken for something else.</summary>
public sealed class AmbiguousModelTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_OneComponentOfOneCoordinate_IsTheSameEitherWay()
    {
        Assert.Equal([4], ModelFile.Load(WriteNpz(1, 1, [1, 1], [4])).Covariances.ToArray());
        Assert.Equal([4], ModelFile.Load(WriteJson(1, 1, "[[4]]")).Covariances.ToArray());
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Load_CovariancesThatMayBeTied_IsRefusedNamingBothKinds(int size)
    {
        double[] identity = [.. Enumerable.Range(0, size * size).Select(i => i % (size + 1) == 0 ? 1.0 : 0)];
        string npz = WriteNpz(size, size, [size, size], identity);
        Refusal.ExpectModel(npz, $"({size}, {size})", "'diag'", "'tied'", "add 'covariance_type'");
        string json = WriteJson(size, size, Rows(identity, size));
        Refusal.ExpectModel(json, $"({size}, {size})", "'diag'", "'tied'", "add 'covariance_type'");
    }

    [Fact]
    public void Load_AsManyComponentsAsDimensionsWithATypeOrMatrices_IsRead()
    {
        string diagonal = WriteNpz(2, 2, [2, 2], [1, 2, 3, 4], zip => zip.AddText("covariance_type", "diag"));
        Assert.Equal(CovarianceKind.Diagonal, ModelFile.Load(diagonal).Structure.Kind);
        string full = WriteNpz(2, 2, [2, 2, 2], [1, 0, 0, 1, 2, 0, 0, 2]);
        Assert.Equal(new CovarianceStructure(CovarianceKind.Full, 2), ModelFile.Load(full).Structure);
    }

    [Fact]
    public void Load_BlocksOfUnknownKind_IsRefusedNamingBothKinds()
    {
        double[] identity = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];
        string path = WriteNpz(1, 4, [1, 4, 4], identity, AddBlocks);
        Refusal.ExpectModel(path, "'diag' or 'full'", "'block_size' (2, 2)", "add 'covariance_type'");
        string full = WriteNpz(1, 4, [1, 4, 4], identity, zip => AddBlocks(zip).AddText("covariance_type", "full"));
        Assert.Equal(new CovarianceStructure(CovarianceKind.Full, 4, [2, 2]), ModelFile.Load(full).Structure);
    }

    [Theory]
    [InlineData(new long[] { 3, 3 }, CovarianceKind.Tied)]
    [InlineData(new long[] { 2 }, CovarianceKind.Spherical)]
    [InlineData(new long[] { 3 }, CovarianceKind.TiedDiagonal)]
    [InlineData(new long[] { 1 }, CovarianceKind.TiedSpherical)]
    [InlineData(new long[] { }, CovarianceKind.TiedSpherical)]
    public void Load_ShapeOfOneSharedKind_IsThatKind(long[] shape, CovarianceKind kind)
    {
        int step = shape.Length == 2 ? 4 : 1;
        double[] values = [.. Enumerable.Range(0, (int)shape.Aggregate(1L, (a, b) => a * b)).Select(i => i % step == 0 ? 1.5 : 0)];
        GaussianMixture model = ModelFile.Load(WriteNpz(2, 3, shape, values));
        Assert.Equal(new CovarianceStructure(kind, 3), model.Structure);
        Assert.Equal(values, model.Covariances.ToArray());
        Assert.Equal(1.5, model.CovarianceAt(1, 2, 2));
        Assert.Equal(0, model.CovarianceAt(1, 0, 2));
    }

    [Fact]
    public void Load_JsonNumberOfOneVariance_IsTheVarianceOfAll()
    {
        GaussianMixture model = ModelFile.Load(WriteJson(2, 3, "2.5"));
        Assert.Equal(new CovarianceStructure(CovarianceKind.TiedSpherical, 3), model.Structure);
        Assert.Equal(2.5, model.CovarianceAt(1, 1, 1));
        Refusal.ExpectModel(WriteJson(2, 3, "\"x\""), "covariances");
    }

    [Fact]
    public void Load_AsManyVariancesAsComponentsAndDimensions_IsRefusedNamingBothKinds() =>
        Refusal.ExpectModel(WriteNpz(3, 3, [3], [1, 1, 1]), "'spherical'", "'tied-diag'", "add 'covariance_type'");

    [Theory]
    [InlineData("tied")]
    [InlineData("spherical")]
    [InlineData("tied-diag")]
    [InlineData("tied-spherical")]
    public void Load_ShapeOfAnotherKind_IsRefusedNamingTheShapeOfTheKind(string kind)
    {
        string path = WriteNpz(2, 3, [2, 3, 3], new double[18], zip => zip.AddText("covariance_type", kind));
        Refusal.ExpectModel(path, "'covariances' has shape (2, 3, 3)", $"for covariance type {kind}");
    }

    private static NpzBytes AddBlocks(NpzBytes zip) => zip.Add<long>("block_size", NpyElementType.Int64, [2], [2, 2]);

    private static string Rows(double[] values, int size) =>
        $"[{string.Join(',', Enumerable.Range(0, values.Length / size).Select(i => Row(values.Skip(i * size).Take(size))))}]";

    private static string Row(IEnumerable<double> values) => $"[{string.Join(',', values)}]";

    private string WriteNpz(int count, int dimension, long[] shape, double[] covariances, Func<NpzBytes, NpzBytes>? more = null)
    {
        using NpzBytes zip = new();
        zip.Add("weights", [count], [.. Enumerable.Repeat(1.0 / count, count)])
            .Add("means", [count, dimension], new double[count * dimension])
            .Add("covariances", shape, covariances);
        return _folder.Write("m.npz", (more?.Invoke(zip) ?? zip).ToArray());
    }

    private string WriteJson(int count, int dimension, string covariances)
    {
        string weights = string.Join(
            ',', Enumerable.Repeat((1.0 / count).ToString("R", System.Globalization.CultureInfo.InvariantCulture), count));
        string means = Rows(new double[count * dimension], dimension);
        return _folder.Write("m.json", $"{{\"weights\":[{weights}],\"means\":{means},\"covariances\":{covariances}}}");
    }
}

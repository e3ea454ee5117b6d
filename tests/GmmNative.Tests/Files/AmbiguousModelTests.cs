using GmmNative.Files.Numbers;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Tests.Files;

/// <summary>Models whose arrays fit two kinds of covariance, or one that is not read yet: never taken for something else.</summary>
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
    [InlineData(new long[] { 3, 3 }, "'tied'")]
    [InlineData(new long[] { 2 }, "'spherical'")]
    [InlineData(new long[] { 3 }, "'tied-diag'")]
    [InlineData(new long[] { }, "'tied-spherical'")]
    public void Load_ShapeOfSharedCovariances_NamesTheirKind(long[] shape, string kind)
    {
        double[] values = [.. Enumerable.Range(0, (int)shape.Aggregate(1L, (a, b) => a * b)).Select(i => i % 4 == 0 ? 1.0 : 0)];
        Refusal.ExpectModel(WriteNpz(2, 3, shape, values), "'covariances'", kind, "not supported yet");
    }

    [Theory]
    [InlineData("tied")]
    [InlineData("spherical")]
    [InlineData("tied-diag")]
    [InlineData("tied-spherical")]
    public void Load_TypeOfALaterVersion_SaysThatItIsNotSupportedYet(string kind)
    {
        string path = WriteNpz(3, 3, [3, 3], [1, 0, 0, 0, 1, 0, 0, 0, 1], zip => zip.AddText("covariance_type", kind));
        Refusal.ExpectModel(path, "'covariance_type'", $"'{kind}'", "not supported yet", "diag and full");
    }

    private static NpzBytes AddBlocks(NpzBytes zip) => zip.Add<long>("block_size", NpyElementType.Int64, [2], [2, 2]);

    private static string Rows(double[] values, int size) =>
        $"[{string.Join(',', values.Chunk(size).Select(row => $"[{string.Join(',', row)}]"))}]";

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

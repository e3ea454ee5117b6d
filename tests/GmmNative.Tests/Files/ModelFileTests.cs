using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text.Json;
using CsCheck;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Tests.Files;

public sealed class ModelFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("m.npz")]
    [InlineData("m.JSON")]
    [InlineData("m.gmm")]
    public void Load_OfASavedModel_GivesTheSameBits(string name)
    {
        MixtureGen.Any.Sample(model =>
        {
            string path = _folder.PathOf(name);
            ModelFile.Save(model, path);
            GaussianMixture read = ModelFile.Load(path, model.Dimension, model.ComponentCount, model.Structure);
            Assert.Equal(model.Structure, read.Structure);
            AssertSameNumbers(model, read);
        }, iter: 200, threads: 1);
    }

    [Theory]
    [InlineData("m.npz")]
    [InlineData("m.json")]
    public void Load_WithoutKnowingAnything_GivesTheSameModel(string name)
    {
        MixtureGen.Any.Sample(model =>
        {
            string path = _folder.PathOf(name);
            ModelFile.Save(model, path);
            GaussianMixture read = ModelFile.Load(path);
            Assert.Equal(model.Structure, read.Structure);
            AssertSameNumbers(model, read);
        }, iter: 50, threads: 1);
    }

    [Theory]
    [InlineData("npz")]
    [InlineData("json")]
    [InlineData("gmm")]
    public void Save_EqualModels_GivesEqualFiles(string extension)
    {
        string first = _folder.PathOf($"a.{extension}");
        string second = _folder.PathOf($"b.{extension}");
        ModelFile.Save(MixtureGen.Small(CovarianceKind.Full, 2, 2), first);
        File.SetLastWriteTimeUtc(first, DateTime.UnixEpoch);
        ModelFile.Save(MixtureGen.Small(CovarianceKind.Full, 2, 2), second);
        Assert.Equal(File.ReadAllBytes(first), File.ReadAllBytes(second));
    }

    [Theory]
    [InlineData("diagonal.npz", CovarianceKind.Diagonal, new[] { 3 })]
    [InlineData("bare_diagonal.npz", CovarianceKind.Diagonal, new[] { 3 })]
    [InlineData("full_compressed.npz", CovarianceKind.Full, new[] { 3 })]
    [InlineData("full_single_fortran.npz", CovarianceKind.Full, new[] { 3 })]
    [InlineData("bare_full.npz", CovarianceKind.Full, new[] { 3 })]
    [InlineData("blocks.npz", CovarianceKind.Diagonal, new[] { 2, 2 })]
    [InlineData("streamed.npz", CovarianceKind.Diagonal, new[] { 3 })]
    [InlineData("zip64.npz", CovarianceKind.Full, new[] { 3 })]
    public void Load_NpzOfNumPy_GivesTheModel(string name, CovarianceKind kind, int[] blocks)
    {
        GaussianMixture model = ModelFile.Load(Fixture.PathOf(name));
        Assert.Equal(new CovarianceStructure(kind, blocks.Sum(), blocks), model.Structure);
        Assert.Equal([0.25, 0.75], model.Weights.ToArray());
        ReadOnlySpan<double> covariances = model.Covariances.Span;
        if (blocks.Length == 2)
        {
            Assert.Equal([1, 0, 0.5, 0, 0, 2, 0, -0.5], covariances[..8].ToArray());
            return;
        }

        Assert.Equal([0, -1, 2, (float)1e-3, 1e3, (float)0.1], model.Means.ToArray().Select(m => (double)(float)m));
        double[] expected = kind == CovarianceKind.Diagonal
            ? [1, 2, 3, 0.5, 0.25, 4]
            : [1, 0.125, 0.125, 0.125, 2, 0.125, 0.125, 0.125, 3, 0.5, 0.125, 0.125, 0.125, 0.25, 0.125, 0.125, 0.125, 4];
        Assert.Equal(expected, covariances.ToArray());
    }

    [Fact]
    public void Save_Npz_StoresUncompressedArraysUnderTheNamesOfTheFormat()
    {
        string path = _folder.PathOf("m.npz");
        ModelFile.Save(MixtureGen.Small(CovarianceKind.Diagonal, 3), path);
        using ZipArchive zip = ZipFile.OpenRead(path);
        Assert.Equal(
            ["weights.npy", "means.npy", "covariances.npy", "covariance_type.npy", "block_size.npy", "format_version.npy"],
            zip.Entries.Select(e => e.FullName));
        Assert.All(zip.Entries, e => Assert.Equal(e.Length, e.CompressedLength));

        // The compression method of the first local header: 0 is "stored".
        Assert.Equal([0x50, 0x4B, 3, 4], File.ReadAllBytes(path)[..4]);
        Assert.Equal([0, 0], File.ReadAllBytes(path)[8..10]);

        // Text and scalars as NumPy writes them.
        using ZipArchive numPy = ZipFile.OpenRead(Fixture.PathOf("diagonal.npz"));
        foreach (string name in (string[])["covariance_type.npy", "block_size.npy", "format_version.npy"])
        {
            Assert.Equal(ReadEntry(numPy, name), ReadEntry(zip, name));
        }
    }

    [Fact]
    public void Save_Json_IsReadableWithOneRowALine()
    {
        string path = _folder.PathOf("m.json");
        GaussianMixture model = MixtureGen.Small(CovarianceKind.Full, 1, 2);
        ModelFile.Save(model, path);
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
        JsonElement root = document.RootElement;
        Assert.Equal(
            ["format_version", "covariance_type", "block_size", "weights", "means", "covariances"],
            root.EnumerateObject().Select(p => p.Name));
        Assert.Equal("full", root.GetProperty("covariance_type").GetString());
        Assert.Equal([1, 2], root.GetProperty("block_size").EnumerateArray().Select(e => e.GetInt32()));
        Assert.Equal(model.Covariances.Span[5], root.GetProperty("covariances")[0][1][2].GetDouble());
        string[] lines = File.ReadAllLines(path);
        Assert.Equal("  \"block_size\": [1, 2],", lines[3]);

        // Three rows of means and three times three rows of covariances, each on its own line.
        Assert.Equal(3 + (3 * 3), lines.Count(l => l.TrimStart().StartsWith('[') && l.Contains(", ", StringComparison.Ordinal)));
    }

    [Fact]
    public void Save_Gmm_IsWeightMeanAndCovarianceOfEachComponent()
    {
        string path = _folder.PathOf("m.gmm");
        GaussianMixture model = ModelFile.Load(Fixture.PathOf("diagonal.npz"));
        ModelFile.Save(model, path);
        double[] numbers = MemoryMarshal.Cast<byte, double>(File.ReadAllBytes(path)).ToArray();
        Assert.Equal([0.25, 0, -1, 2, 1, 2, 3, 0.75, 1e-3, 1e3, 0.1, 0.5, 0.25, 4], numbers);
    }

    [Fact]
    public void Load_Gmm_TellsDiagonalFromFullByTheSize()
    {
        string path = _folder.PathOf("m.gmm");
        foreach ((CovarianceKind kind, int[] blocks)
            in ((CovarianceKind, int[])[])[(CovarianceKind.Diagonal, [3]), (CovarianceKind.Full, [3])])
        {
            GaussianMixture model = MixtureGen.Small(kind, blocks);
            ModelFile.Save(model, path);
            Assert.Equal(model.Structure, ModelFile.Load(path, 3, 3).Structure);
        }

        ModelFile.Save(MixtureGen.Small(CovarianceKind.Full, 1), path);
        Assert.Equal(CovarianceKind.Diagonal, ModelFile.Load(path, 1, 3).Structure.Kind);
    }

    [Fact]
    public void Load_ModelThatIsNotAsAskedFor_SaysSo()
    {
        string npz = Fixture.PathOf("diagonal.npz");
        string json = _folder.PathOf("m.json");
        ModelFile.Save(ModelFile.Load(npz), json);
        foreach (string path in (string[])[npz, json])
        {
            Refusal.Expect<ModelFileException>(() => ModelFile.Load(path, dimension: 4), path, "dimension 3", "4 was requested");
            Refusal.Expect<ModelFileException>(() => ModelFile.Load(path, componentCount: 3), path, "2 components", "3 were requested");
            CovarianceStructure full = new(CovarianceKind.Full, 3);
            Refusal.Expect<ModelFileException>(() => ModelFile.Load(path, structure: full), path, "diag", "full was requested");
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => ModelFile.Load(npz, dimension: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => ModelFile.Load(npz, componentCount: 0));
    }

    [Fact]
    public void Load_GmmWithoutItsSizes_TellsTheOption()
    {
        string path = _folder.Write("m.gmm", new byte[24]);
        Refusal.Expect<ModelFileException>(() => ModelFile.Load(path), path, "--dimension");
        Refusal.Expect<ModelFileException>(() => ModelFile.Load(path, dimension: 1), path, "-k");
    }

    [Theory]
    [InlineData(2, 3)]
    [InlineData(int.MaxValue, int.MaxValue)]
    public void Load_GmmOfAnotherSize_TellsExpectedAndFound(int dimension, int count)
    {
        string path = _folder.Write("m.gmm", new byte[100]);
        Refusal.Expect<ModelFileException>(() => ModelFile.Load(path, dimension, count), path, "100 bytes", "--dimension");
        CovarianceStructure structure = new(CovarianceKind.Full, 2);
        Refusal.Expect<ModelFileException>(() => ModelFile.Load(path, null, 3, structure), path, "100 bytes", "168 bytes (full)");
    }

    [Theory]
    [InlineData("m.npz")]
    [InlineData("m.json")]
    public void Load_MissingEmptyOrFolder_SaysSo(string name)
    {
        Refusal.ExpectModel(_folder.PathOf(name), "no such file");
        Refusal.ExpectModel(_folder.Write(name, ""), "empty");
        File.Delete(_folder.PathOf(name));
        Directory.CreateDirectory(_folder.PathOf(name));
        Refusal.ExpectModel(_folder.PathOf(name), "folder");
    }

    [Theory]
    [InlineData("m.txt", "'.txt'")]
    [InlineData("model", "without an extension")]
    public void LoadAndSave_UnknownExtension_ListsTheKnown(string name, string what)
    {
        string path = _folder.PathOf(name);
        Refusal.ExpectModel(path, what, ".npz, .json, .gmm");
        Assert.Throws<ModelFileException>(() => ModelFile.Save(MixtureGen.Small(CovarianceKind.Full, 2), path));
        Assert.Throws<ModelFileException>(() => ModelFile.CheckWritable(path));
        Assert.Empty(_folder.FileNames());
    }

    [Fact]
    public void SaveAndCheckWritable_MissingFolder_NamesIt()
    {
        string path = _folder.PathOf("nowhere/m.npz");
        Refusal.ExpectWrite(() => ModelFile.CheckWritable(path), path, _folder.PathOf("nowhere"), "does not exist");
        Refusal.ExpectWrite(() => ModelFile.Save(MixtureGen.Small(CovarianceKind.Full, 2), path), path, "does not exist");
    }

    private static byte[] ReadEntry(ZipArchive zip, string name)
    {
        using Stream stream = zip.GetEntry(name)!.Open();
        using MemoryStream copy = new();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    private static void AssertSameNumbers(GaussianMixture expected, GaussianMixture actual)
    {
        Assert.Equal(Bits(expected.Weights), Bits(actual.Weights));
        Assert.Equal(Bits(expected.Means), Bits(actual.Means));
        Assert.Equal(Bits(expected.Covariances), Bits(actual.Covariances));
    }

    private static long[] Bits(ReadOnlyMemory<double> values) => MemoryMarshal.Cast<double, long>(values.Span).ToArray();
}

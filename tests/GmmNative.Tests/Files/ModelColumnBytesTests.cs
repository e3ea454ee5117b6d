using System.IO.Compression;
using GmmNative.Files.Numbers;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Tests.Files;

/// <summary>Names of columns as they lie in archives: many, wide, in either byte order, and claims of them.</summary>
public sealed class ModelColumnBytesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("npz")]
    [InlineData("json")]
    public void Load_MoreThan64KilobytesOfNames_GivesThem(string extension)
    {
        // Seven characters of four bytes: no whole number of texts in the 64 KB that are read at once.
        const int dimension = 9001;
        string[] names = [.. Enumerable.Range(0, dimension).Select(i => i % 3 == 0 ? "" : i % 3 == 1 ? $"x{i}" : $"\u00e9\U0001F600{i}")];
        double[] ones = [.. Enumerable.Repeat(1.0, dimension)];
        GaussianMixture model = new(new CovarianceStructure(CovarianceKind.Diagonal, dimension), [1.0], ones, ones);
        string path = _folder.PathOf("m." + extension);
        ModelFile.Save(model.WithColumns(names), path);
        Assert.Equal(names, ModelFile.Load(path).Columns);
    }

    [Fact]
    public void Load_NamesOfTheOtherByteOrder_GivesThem()
    {
        byte[] characters = [0, 0, 0, (byte)'a', 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, (byte)'b'];
        Assert.Equal(["a", "\u0100b"], ModelFile.Load(Write(2, new NpyElementType('U', 8, BigEndian: true), [2], characters)).Columns);
    }

    [Fact]
    public void Load_NamesOfAnotherNumber_AreRefusedUnread() =>
        Refusal.ExpectModel(Write(2, new NpyElementType('S', 1), [3], [97, 98, 99]), "'columns' has 3 names", "dimension 2");

    [Fact]
    public void Load_NamesThatClaimMuch_AreRefusedInLittleMemory()
    {
        byte[] characters = new byte[1 << 26];
        characters.AsSpan().Fill((byte)'a');
        string path = Write(2, new NpyElementType('S', characters.Length / 2), [2], characters);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Refusal.ExpectModel(path, "array 'columns'", "texts in one dimension");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2_000_000);
    }

    private string Write(int dimension, NpyElementType type, long[] shape, byte[] names)
    {
        double[] ones = [.. Enumerable.Repeat(1.0, dimension)];
        using NpzBytes zip = new();
        return _folder.Write("m.npz", zip
            .Add("weights", [1], [1])
            .Add("means", [1, dimension], ones)
            .Add("covariances", [1, dimension], ones)
            .Add("columns", type, shape, names, CompressionLevel.Optimal)
            .ToArray());
    }
}

using System.IO.Compression;
using GmmNative.Files.Npy;
using GmmNative.Files.Numbers;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Tests.Files;

public sealed class MalformedModelTests : IDisposable
{
    private const string GoodJson =
        """{"format_version":1,"covariance_type":"diag","block_size":[2],"weights":[0.5,0.5],"means":[[1,2],[3,4]],"covariances":"""
        + """[[1,1],[2,2]]}""";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_GoodJson_IsRead() => Assert.Equal([1, 2, 3, 4], ModelFile.Load(_folder.Write("m.json", GoodJson)).Means.ToArray());

    [Fact]
    public void Load_JsonWithAByteOrderMarkAndOnlyTheArrays_IsRead()
    {
        string text = "\uFEFF" + """{"weights":[1],"means":[[1,2]],"covariances":[[[1,0.5],[0.5,1]]], "comment": {"by": "hand"}}""";
        Assert.Equal(new CovarianceStructure(CovarianceKind.Full, 2), ModelFile.Load(_folder.Write("m.json", text)).Structure);
    }

    [Theory]
    [InlineData("\"weights\":[0.5,0.5]", "\"weights\":[0.5,0.6]", "sum")]
    [InlineData("\"weights\":[0.5,0.5],", "", "not contain \"weights\"")]
    [InlineData("\"means\"", "\"Means\"", "not contain \"means\"")]
    [InlineData("\"weights\":[0.5,0.5]", "\"weights\":[1.0]", "'means'", "(2, 2)")]
    [InlineData("\"weights\":[0.5,0.5]", "\"weights\":[]", "'weights'", "(0,)")]
    [InlineData("\"weights\":[0.5,0.5]", "\"weights\":1", "'weights'", "()")]
    [InlineData("\"weights\":[0.5,0.5]", "\"weights\":[\"a\",0.5]", "\"weights\"[0]", "not a finite number")]
    [InlineData("[3,4]", "[3]", "\"means\"[1]", "list of 2")]
    [InlineData("[3,4]", "[3,4,5]", "\"means\"[1]", "list of 2")]
    [InlineData("[3,4]", "[3,[4]]", "\"means\"[1][1]", "not a finite number")]
    [InlineData("[3,4]", "[3,1e999]", "\"means\"[1][1]", "not a finite number")]
    [InlineData("[3,4]", "[3,null]", "\"means\"[1][1]", "not a finite number")]
    [InlineData("[3,4]", "[3,NaN]", "line 1, byte", "not valid JSON")]
    [InlineData("[[1,2],[3,4]]", "[[],[]]", "'means'", "(2, 0)")]
    [InlineData("[[1,2],[3,4]]", "[[1],[2]]", "'covariances'", "(2, 2)")]
    [InlineData("[[1,1],[2,2]]", "[[1,1],[2,0]]", "m.json: ")]
    [InlineData("[[1,1],[2,2]]", "[[1,1],[2,-2]]", "m.json: ")]
    [InlineData("[[1,1],[2,2]]", "[[[1,0],[0,1]],[[1,0],[0,1]]]", "'covariances'", "(2, 2, 2)", "covariance type diag")]
    [InlineData("[[1,1],[2,2]]", "[[[[1]]]]", "'covariances'", "(1, 1, 1, 1)")]
    [InlineData("\"diag\"", "\"full\"", "'covariances'", "(2, 2, 2)", "covariance type full")]
    [InlineData("\"diag\"", "\"tied\"", "The covariance of all components", "not symmetric")]
    [InlineData("\"diag\"", "\"spherical\"", "'covariances'", "for covariance type spherical")]
    [InlineData("\"diag\"", "\"Diag\"", "'covariance_type'", "'Diag'", "spherical, tied, tied-diag and tied-spherical are known")]
    [InlineData("\"diag\"", "7", "'covariance_type'", "'7'")]
    [InlineData("\"diag\"", "[\"diag\"]", "'covariance_type'", "'['")]
    [InlineData("\"diag\"", "\"\\ud800\"", "'covariance_type'")]
    [InlineData("\"block_size\":[2]", "\"block_size\":[3]", "'block_size' (3,)", "dimension 2")]
    [InlineData("\"block_size\":[2]", "\"block_size\":[2,0]", "'block_size' (2, 0)")]
    [InlineData("\"block_size\":[2]", "\"block_size\":[1,1]", "'covariances'", "(2, 2, 2)", "blocks 1,1")]
    [InlineData("\"block_size\":[2]", "\"block_size\":[9999999999]", "'block_size'")]
    [InlineData("\"block_size\":[2]", "\"block_size\":2", "\"block_size\"", "list")]
    [InlineData("\"block_size\":[2]", "\"block_size\":[2.5]", "\"block_size\"", "whole number")]
    [InlineData("\"format_version\":1", "\"format_version\":3", "format version 3", "newer")]
    [InlineData("\"format_version\":1", "\"format_version\":0", "'format_version' is 0")]
    [InlineData("\"format_version\":1", "\"format_version\":\"1\"", "\"format_version\"", "whole number")]
    [InlineData("\"weights\":", "\"weights\":[1],\"weights\":", "not valid JSON")]
    [InlineData("{\"format_version\"", "{\"\\udc00\":1,\"format_version\"", "Unicode")]
    [InlineData("]]}", "]]", "not valid JSON, or it is cut off")]
    [InlineData("{\"format_version\"", "[\"format_version\"", "not valid JSON")]
    public void Load_BadJson_SaysWhatIsWrong(string good, string bad, params string[] fragments)
    {
        Assert.Contains(good, GoodJson, StringComparison.Ordinal);
        Refusal.ExpectModel(_folder.Write("m.json", GoodJson.Replace(good, bad, StringComparison.Ordinal)), fragments);
    }

    [Theory]
    [InlineData("[1,2]")]
    [InlineData("\"text\"")]
    public void Load_JsonThatIsNoObject_SaysSo(string text) =>
        Refusal.ExpectModel(_folder.Write("m.json", text), "not contain a JSON object");

    [Fact]
    public void Load_NumbersThatAreNoMixture_HasTheReasonInside()
    {
        string path = _folder.Write("m.json", GoodJson.Replace("[2,2]]", "[2,-2]]", StringComparison.Ordinal));
        ModelFileException e = Assert.Throws<ModelFileException>(() => ModelFile.Load(path));
        Assert.IsType<InvalidMixtureException>(e.InnerException);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Load_NpzOrGmmWithANumberThatIsNotFinite_IsRefused(double bad)
    {
        foreach (int place in (int[])[0, 1, 3])
        {
            double[] numbers = [0.5, 1, 2, 1, 1, 0.5, 3, 4, 2, 2];
            numbers[place] = bad;
            string gmm = _folder.Write("m.gmm", System.Runtime.InteropServices.MemoryMarshal.AsBytes<double>(numbers).ToArray());
            Refusal.Expect<ModelFileException>(() => ModelFile.Load(gmm, 2, 2), gmm);
            string npz = WriteNpz(
                ("weights", [2], [numbers[0], numbers[5]]),
                ("means", [2, 2], [numbers[1], numbers[2], numbers[6], numbers[7]]),
                ("covariances", [2, 2], [numbers[3], numbers[4], numbers[8], numbers[9]]));
            Refusal.ExpectModel(npz);
        }
    }

    [Fact]
    public void Load_CovarianceThatIsNotPositiveDefinite_NamesTheFile() =>
        Refusal.ExpectModel(
            WriteNpz(("weights", [1], [1]), ("means", [1, 2], [0, 0]), ("covariances", [1, 2, 2], [1, 2, 2, 1])), "positive definite");

    [Fact]
    public void Load_NpzThatIsNoZip_SaysSo()
    {
        Refusal.ExpectModel(_folder.Write("m.npz", "weights"), "not a .npz file");
        byte[] whole = File.ReadAllBytes(Fixture.PathOf("diagonal.npz"));
        Refusal.ExpectModel(_folder.Write("m.npz", whole[..^30]), "cut off");
        Refusal.ExpectModel(_folder.Write("m.npz", File.ReadAllBytes(Fixture.PathOf("f8.npy"))), "not a .npz file");
    }

    [Fact]
    public void Load_NpzWithoutAnArray_ListsWhatIsThere() =>
        Refusal.ExpectModel(WriteNpz(("weight", [1], [1]), ("mean", [1, 2], [0, 0])), "no array 'weights'", "'weight', 'mean'");

    [Fact]
    public void Load_ScikitLearnsNpzWithoutAnArray_NamesItAsScikitLearnDoes() =>
        Refusal.ExpectModel(
            WriteNpz(("weights_", [1], [1]), ("means_", [1, 2], [0, 0])), "no array 'covariances_'", "'weights_', 'means_'");

    [Fact]
    public void Load_NpzWithDamagedNumbers_NoticesByTheChecksum()
    {
        byte[] whole = File.ReadAllBytes(Fixture.PathOf("diagonal.npz"));
        byte[] one = BitConverter.GetBytes(1e3);
        int place = whole.AsSpan().IndexOf(one);
        Assert.True(place > 0);
        whole[place + 3] ^= 1;
        Refusal.ExpectModel(_folder.Write("m.npz", whole), "array 'means'", "checksum");
    }

    [Theory]
    [InlineData(new long[] { 3 }, "'weights'", "24 bytes", "16 were found")]
    [InlineData(new long[] { 1L << 40 }, "'weights'", "16 were found")]
    [InlineData(new long[] { 1L << 62, 4 }, "'weights'", "more than any file can hold")]
    public void Load_NpzWhoseArrayHeaderLies_IsRefused(long[] shape, params string[] fragments) =>
        Refusal.ExpectModel(
            WriteNpz(("weights", shape, [0.5, 0.5]), ("means", [2, 1], [0, 0]), ("covariances", [2, 1], [1, 1])), fragments);

    [Fact]
    public void Load_NpzThatUnpacksToMuchMore_IsRefusedBeforeItIsRead()
    {
        // 64 MB of zeros in a few kilobytes: the shapes are compared before any of them is unpacked.
        string path = _folder.PathOf("m.npz");
        using (ZipArchive zip = new(File.Create(path), ZipArchiveMode.Create))
        {
            Add(zip, "weights", [2], [0.5, 0.5], CompressionLevel.Optimal);
            Add(zip, "means", [4_000_000, 2], new double[8_000_000], CompressionLevel.Optimal);
            Add(zip, "covariances", [2, 2], [1, 1, 1, 1], CompressionLevel.Optimal);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        Refusal.ExpectModel(path, "'means'", "(4000000, 2)");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4_000_000);
    }

    [Fact]
    public void Load_NpzOfAnImpossibleDimension_IsRefused()
    {
        string path = _folder.PathOf("m.npz");
        const int dimension = 2_000_000;
        using (ZipArchive zip = new(File.Create(path), ZipArchiveMode.Create))
        {
            Add(zip, "weights", [1], [1], CompressionLevel.Optimal);
            Add(zip, "means", [1, dimension], new double[dimension], CompressionLevel.Optimal);
            Add(zip, "covariances", [1, dimension], new double[dimension], CompressionLevel.Optimal);
        }

        Refusal.ExpectModel(path, "at most 1048576 dimensions");
    }

    private string WriteNpz(params (string Name, long[] Shape, double[] Values)[] arrays)
    {
        string path = _folder.PathOf("m.npz");
        using ZipArchive zip = new(File.Create(path), ZipArchiveMode.Create);
        foreach ((string name, long[] shape, double[] values) in arrays)
        {
            Add(zip, name, shape, values, CompressionLevel.NoCompression);
        }

        return path;
    }

    private static void Add(ZipArchive zip, string name, long[] shape, double[] values, CompressionLevel level)
    {
        using Stream stream = zip.CreateEntry($"{name}.npy", level).Open();
        new NpyHeader(NpyElementType.Float64, FortranOrder: false, shape).Write(stream);
        NumberWriter.WriteRaw<double>(stream, values);
    }
}

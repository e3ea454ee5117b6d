using System.Globalization;
using System.Text;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Tests.Files;

/// <summary>JSON models as a stream of tokens: tokens across the limits of the buffer, in any order, at any depth.</summary>
public sealed class JsonReaderTests : IDisposable
{
    private const string Model = "\"weights\":[1],\"means\":[[1,2]],\"covariances\":[[3,4]],\"covariance_type\":\"diag\"";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(18)]
    public void Load_NumbersAcrossTheBordersOfTheBuffer_GivesTheSameBits(int shift)
    {
        // Some 20 bytes a number, 200 KB in all: numbers lie across every border, at places that the blanks shift.
        const int dimension = 5000;
        Random random = new(shift);
        double[] means = [.. Enumerable.Range(0, dimension).Select(_ => random.NextDouble() - 0.5)];
        double[] variances = [.. Enumerable.Range(0, dimension).Select(_ => random.NextDouble() + 0.5)];
        string text = $"{new string(' ', shift)}{{\"covariances\":[{List(variances)}],\"means\":[{List(means)}],\"weights\":[1]}}";
        GaussianMixture model = ModelFile.Load(_folder.Write("m.json", text));
        Assert.Equal(means, model.Means.ToArray());
        Assert.Equal(variances, model.Covariances.ToArray());
    }

    [Theory]
    [InlineData("\"x\":{\"a\":[1,{\"a\":2}],\"b\":{}},")]
    [InlineData("\"x\":[[[[[[1]]]]]],")]
    [InlineData("\"x\":\"\\ud83d\\ude00 \\u0000\",\"\\u00e9\":null,")]
    [InlineData("\"\":-1e999,\"y\":[{\"a\":1},{\"a\":1}],")]
    public void Load_UnknownNames_AreSkipped(string more) =>
        Assert.Equal([1, 2], ModelFile.Load(_folder.Write("m.json", $"{{{more}{Model}}}")).Means.ToArray());

    [Fact]
    public void Load_TextLongerThanTheBuffer_IsSkipped() =>
        Assert.Equal([1, 2], ModelFile.Load(_folder.Write("m.json", $"{{\"x\":\"{new string('x', 300_000)}\",{Model}}}")).Means.ToArray());

    [Fact]
    public void Load_EscapedName_IsTheName() =>
        Assert.Equal(
            [1, 2], ModelFile.Load(_folder.Write("m.json", $"{{{Model.Replace("means", "m\\u0065ans", StringComparison.Ordinal)}}}"))
            .Means.ToArray());

    [Theory]
    [InlineData("\"means\":[[1,2]],")]
    [InlineData("\"m\\u0065ans\":[[1,2]],")]
    [InlineData("\"x\":1,\"x\":2,")]
    [InlineData("\"x\":{\"a\":1,\"b\":{},\"a\":2},")]
    [InlineData("\"x\":[{\"a\":{\"a\":1,\"a\":2}}],")]
    public void Load_OneNameTwice_IsRefused(string more) =>
        Refusal.ExpectModel(_folder.Write("m.json", $"{{{more}{Model}}}"), "occurs twice");

    [Theory]
    [InlineData("}", "} x", "line 1")]
    [InlineData("}", "}\n{}", "line 2")]
    [InlineData("{", "{\n\n\"x\":1.,", "line 3, byte 7")]
    public void Load_WhatIsNoJson_NamesTheLine(string good, string bad, string place) =>
        Refusal.ExpectModel(_folder.Write("m.json", $"{{{Model}}}".Replace(good, bad, StringComparison.Ordinal)), "not valid JSON", place);

    [Theory]
    [InlineData("[[1,2]]", "[[1,2],[3,[4]]]", "\"means\"[1][1]", "not a finite number")]
    [InlineData("[[1,2]]", "[[1,2],3]", "\"means\"[1]", "a list is expected")]
    [InlineData("[[1,2]]", "[[1,2],{}]", "\"means\"[1]", "not a finite number")]
    [InlineData("[[1,2]]", "[[1,2],[3,4],[5]]", "\"means\"[2]", "list of 2")]
    [InlineData("[[1,2]]", "[[[1],[2]],[[3],[4,5]]]", "\"means\"[1][1]", "list of 1")]
    [InlineData("[[1,2]]", "[[],[1]]", "\"means\"[1]", "list of 0")]
    [InlineData("[[1,2]]", "[[[[[1]]]]]", "\"means\"", "more than 4 dimensions")]
    [InlineData("[[1,2]]", "{\"a\":[1]}", "'means'", "()")]
    public void Load_ListsThatDoNotAgree_NamesTheFirst(string good, string bad, params string[] fragments) =>
        Refusal.ExpectModel(_folder.Write("m.json", $"{{{Model.Replace(good, bad, StringComparison.Ordinal)}}}"), fragments);

    [Fact]
    public void Load_DeepNesting_IsRefused()
    {
        string deep = new string('[', 100_000) + new string(']', 100_000);
        Refusal.ExpectModel(_folder.Write("m.json", $"{{\"x\":{deep},{Model}}}"), "not valid JSON");
    }

    [Fact]
    public void Load_FarTooManyNames_IsRefused()
    {
        string names = string.Concat(Enumerable.Range(0, 10_001).Select(i => $"\"{i}\":1,"));
        Refusal.ExpectModel(_folder.Write("m.json", $"{{{names}{Model}}}"), "more than 10000 names");
    }

    [Fact]
    public void Load_ManyNumbers_TakesLittleMoreThanTheyDo()
    {
        // The shortest text of a number is two bytes with its comma; 2 x 1,000,000 of them.
        const int dimension = 1_000_000;
        StringBuilder list = new("1", 2 * dimension);
        list.Insert(1, ",1", dimension - 1);
        string path = _folder.Write("m.json", $"{{\"covariances\":[[{list}]],\"means\":[[{list}]],\"weights\":[1]}}");
        long before = GC.GetAllocatedBytesForCurrentThread();
        GaussianMixture model = ModelFile.Load(path);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(dimension, model.Dimension);
        Assert.InRange(allocated, 16_000_000, 18_000_000);
    }

    private static string List(double[] values) =>
        $"[{string.Join(',', values.Select(value => value.ToString("R", CultureInfo.InvariantCulture)))}]";
}

using CommunityToolkit.HighPerformance;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Tests.Files;

public sealed class CompositeVectorSourceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void OpenAll_FilesOfSeveralFormats_IsOneDataSet()
    {
        string array = Fixture.PathOf("f8.npy");
        string text = _folder.Write("x.csv", "a,b\n1,2\n3,4\n");
        string raw = _folder.Write("x.raw", new byte[32]);
        IVectorSource source = VectorFile.OpenAll([array, text, raw], new VectorFileOptions { Dimension = 2 });
        using IDisposable files = Assert.IsAssignableFrom<IDisposable>(source);
        IRandomAccessVectorSource direct = Assert.IsAssignableFrom<IRandomAccessVectorSource>(source);
        double[] expected = [.. Fixture.Matrix, 1, 2, 3, 4, 0, 0, 0, 0];
        Assert.Equal(7, source.RowCount);
        Assert.Equal(expected, source.ReadAll(2));
        for (int first = 0; first <= 7; first++)
        {
            for (int count = 0; first + count <= 7; count++)
            {
                double[] rows = new double[2 * count];
                direct.Read(first, rows);
                Assert.Equal(expected.AsSpan(2 * first, rows.Length).ToArray(), rows);
            }
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => direct.Read(6, new double[4]));
        Assert.Equal(
            [$"{array}, row 3", $"{text}, line 2", $"{text}, line 3", $"{raw}, row 1", $"{raw}, row 2", "row 8"],
            Enumerable.Range(2, 6).Select(row => source.DescribeRow(row)));
    }

    [Fact]
    public void OpenAll_DifferentDimensions_NamesBothFiles()
    {
        string array = Fixture.PathOf("f8.npy");
        string text = _folder.Write("x.csv", "1,2,3\n");
        Refusal.Expect<VectorDataException>(() => VectorFile.OpenAll([array, text]), array, text, "dimension 3", "have dimension 2");
    }

    [Fact]
    public void OpenAll_StandardInputTwice_IsRefused() =>
        Refusal.Expect<VectorDataException>(
            () => VectorFile.OpenAll(["-", "-"], new VectorFileOptions { Dimension = 1 }), "standard input", "once");

    [Fact]
    public void OpenAll_NoFiles_Throws() => Assert.Throws<ArgumentException>(() => VectorFile.OpenAll([]));

    [Fact]
    public void OpenAll_Disposed_ClosesTheFiles()
    {
        string array = Fixture.PathOf("f8.npy");
        IVectorSource source = VectorFile.OpenAll([array, array]);
        Assert.IsAssignableFrom<IDisposable>(source).Dispose();
        Assert.Throws<ObjectDisposedException>(() => source.ReadAll());
    }

    [Fact]
    public void Concatenate_ForwardOnlyParts_ReadsThemInOrderOnEachPass()
    {
        ReadOnlyMemory2D<double> batch = new double[,] { { 1, 2 }, { 3, 4 } };
        BatchVectorSource forward = new(2, () => [batch, batch]);
        IVectorSource known = VectorSource.From(new ReadOnlyMemory2D<double>(new double[,] { { 5, 6 } }));
        IVectorSource source = VectorSource.Concatenate([known, forward, known]);
        Assert.False(source is IRandomAccessVectorSource);
        Assert.Null(source.RowCount);
        double[] expected = [5, 6, 1, 2, 3, 4, 1, 2, 3, 4, 5, 6];
        Assert.Equal(expected, source.ReadAll());
        Assert.Equal(expected, source.ReadAll(1));
        Assert.Equal(["row 1", "row 2"], [source.DescribeRow(0), source.DescribeRow(1)]);
    }

    [Fact]
    public void Concatenate_DifferentDimensions_Throws()
    {
        IVectorSource two = VectorSource.From(new double[4], 2);
        IVectorSource three = VectorSource.From(new double[3], 3);
        Refusal.Expect<VectorDataException>(() => VectorSource.Concatenate([two, three]), "Source 2", "dimension 3", "has dimension 2");
        Assert.Throws<ArgumentException>(() => VectorSource.Concatenate([]));
    }
}

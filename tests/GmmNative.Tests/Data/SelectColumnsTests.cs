using CommunityToolkit.HighPerformance;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Tests.Data;

public class SelectColumnsTests
{
    private static readonly double[,] Rows = { { 1, 2, 3 }, { 4, 5, 6 }, { 7, 8, 9 } };

    [Fact]
    public void SelectColumns_RandomAccess_ReadsAnyRows()
    {
        IVectorSource selected = VectorSource.SelectColumns(VectorSource.From(new ReadOnlyMemory2D<double>(Rows)), [2, 0]);
        IRandomAccessVectorSource direct = Assert.IsAssignableFrom<IRandomAccessVectorSource>(selected);
        Assert.Equal([3, 1, 6, 4, 9, 7], selected.ReadAll(2));
        double[] row = new double[2];
        direct.Read(1, row);
        Assert.Equal([6, 4], row);
        Assert.Throws<ArgumentOutOfRangeException>(() => direct.Read(3, row));
        Assert.Equal("row 2", selected.DescribeRow(1));
        Assert.Equal("column 3", selected.DescribeColumn(0));
    }

    [Fact]
    public void SelectColumns_Batches_ReadsThemInOrder()
    {
        BatchVectorSource batches = new(3, () => [new ReadOnlyMemory2D<double>(Rows), new ReadOnlyMemory2D<double>(Rows)]);
        IVectorSource selected = VectorSource.SelectColumns(batches, [1]);
        Assert.IsNotAssignableFrom<IRandomAccessVectorSource>(selected);
        Assert.Null(selected.RowCount);
        Assert.Equal([2, 5, 8, 2, 5, 8], selected.ReadAll(4));
    }

    [Fact]
    public void SelectColumns_AllInOrder_IsTheSource()
    {
        IVectorSource source = VectorSource.From(new ReadOnlyMemory2D<double>(Rows));
        Assert.Same(source, VectorSource.SelectColumns(source, [0, 1, 2]));
    }

    [Fact]
    public void SelectColumns_WideRows_AreReadInPieces()
    {
        const int width = 40_000;
        double[] values = [.. Enumerable.Range(0, 5 * width).Select(i => (double)i)];
        IVectorSource selected = VectorSource.SelectColumns(VectorSource.From(values.AsMemory(), width), [width - 1, 7]);
        Assert.Equal(Enumerable.Range(0, 5).SelectMany(r => new double[] { ((r + 1) * width) - 1, (r * width) + 7 }), selected.ReadAll(5));
    }

    [Theory]
    [InlineData(new int[0])]
    [InlineData(new[] { 3 })]
    [InlineData(new[] { -1 })]
    [InlineData(new[] { 1, 1 })]
    public void SelectColumns_ThatCannotBe_IsAnError(int[] columns) =>
        Assert.Throws<ArgumentException>(() => VectorSource.SelectColumns(VectorSource.From(new ReadOnlyMemory2D<double>(Rows)), columns));
}

using Xunit;

namespace GmmNative.Tests.Model;

/// <summary>Which entries each structure keeps, how they are stored, and when two structures are the same.</summary>
public sealed class CovarianceStructureTests
{
    [Theory]
    [InlineData(CovarianceKind.Diagonal)]
    [InlineData(CovarianceKind.Full)]
    public void Constructor_EmptyBlockList_IsOneBlock(CovarianceKind kind)
    {
        CovarianceStructure structure = new(kind, 3, []);
        Assert.Equal([3], structure.BlockSizes);
        Assert.Equal(new CovarianceStructure(kind, 3), structure);
        Assert.Equal(kind == CovarianceKind.Diagonal, structure.IsDiagonalStorage);
    }

    [Theory]
    [InlineData(CovarianceKind.Diagonal, null, "0|1|2|3|4", 5, "diag")]
    [InlineData(CovarianceKind.Full, null, "0,1,2,3,4", 25, "full")]
    [InlineData(CovarianceKind.Full, new[] { 2, 3 }, "0,1|2,3,4", 25, "full, blocks 2,3")]
    [InlineData(CovarianceKind.Diagonal, new[] { 2, 1, 2 }, "0,3|1,4|2", 25, "diag, blocks 2,1,2")]
    [InlineData(CovarianceKind.Diagonal, new[] { 2, 3 }, "0|1|2|3|4", 25, "diag, blocks 2,3")]
    public void Groups_EachKind_AreTheCoordinatesThatShareEntries(CovarianceKind kind, int[]? blocks, string groups, int size, string text)
    {
        CovarianceStructure structure = new(kind, 5, blocks);
        Assert.Equal(groups, string.Join('|', structure.Groups.Select(group => string.Join(',', group))));
        Assert.Equal(size, structure.CovarianceSize);
        Assert.Equal(size == 5, structure.IsDiagonalStorage);
        Assert.Equal(text, structure.ToString());
        Assert.Equal(text[..4], structure.KindName);
        Assert.Equal(5, structure.Dimension);
        Assert.Equal(kind, structure.Kind);

        // Loops ask for the groups again and again.
        Assert.Same(structure.Groups, structure.Groups);
        for (int g = 0; g < structure.Groups.Count; g++)
        {
            Assert.All(structure.Groups[g], coordinate => Assert.Equal(g, structure.GroupOf(coordinate)));
        }

        for (int i = 0; i < 5; i++)
        {
            for (int j = 0; j < 5; j++)
            {
                Assert.Equal(structure.Groups.Any(group => group.Contains(i) && group.Contains(j)), structure.IsKept(i, j));
            }
        }
    }

    [Fact]
    public void Equals_KindAndBlocks_DecideAlone()
    {
        CovarianceStructure structure = new(CovarianceKind.Full, 4, [2, 2]);
        object same = new CovarianceStructure(CovarianceKind.Full, 4, [2, 2]);
        Assert.True(structure.Equals(same));
        Assert.True(structure.Equals((CovarianceStructure)same));
        Assert.Equal(structure.GetHashCode(), same.GetHashCode());
        object?[] others =
        [
            null, "full, blocks 2,2", new CovarianceStructure(CovarianceKind.Diagonal, 4, [2, 2]),
            new CovarianceStructure(CovarianceKind.Full, 4, [1, 3]), new CovarianceStructure(CovarianceKind.Full, 4),
            new CovarianceStructure(CovarianceKind.Full, 6, [2, 2, 2]),
        ];
        Assert.All(others, other => Assert.False(structure.Equals(other)));
        Assert.All(others, other => Assert.False(structure.Equals(other as CovarianceStructure)));

        // Different hash codes are no duty, but tables rest on them.
        Assert.All(others.OfType<CovarianceStructure>(), other => Assert.NotEqual(structure.GetHashCode(), other.GetHashCode()));
    }

    [Fact]
    public void ToString_ManyBlocks_ShowsTheFirstSixteen()
    {
        string sixteen = string.Join(',', Enumerable.Repeat(1, 16));
        string Text(int blocks) => new CovarianceStructure(CovarianceKind.Full, blocks, [.. Enumerable.Repeat(1, blocks)]).ToString();
        Assert.Equal($"full, blocks {sixteen}", Text(16));
        Assert.Equal($"full, blocks {sixteen},... (17 of them)", Text(17));
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(-1, null)]
    public void Constructor_DimensionBelowOne_Throws(int dimension, int[]? blocks) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new CovarianceStructure(CovarianceKind.Full, dimension, blocks));

    [Fact]
    public void Constructor_UndefinedKind_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new CovarianceStructure((CovarianceKind)99, 3));

    [Theory]
    [InlineData(new[] { 2, 2 }, "sum to 4")]
    [InlineData(new[] { 3 }, "sum to 3")]
    [InlineData(new[] { 6, -1 }, "one is -1")]
    [InlineData(new[] { 5, 0 }, "one is 0")]
    [InlineData(new[] { int.MaxValue, int.MaxValue, 7 }, "sum to 4294967301")]
    public void Constructor_BlocksThatDoNotFit_Throws(int[] blocks, string reason)
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new CovarianceStructure(CovarianceKind.Full, 5, blocks));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_SmallestDimensionAndBlocks_AreAllowed()
    {
        Assert.Equal(1, new CovarianceStructure(CovarianceKind.Full, 1).CovarianceSize);
        Assert.Equal([1, 1], new CovarianceStructure(CovarianceKind.Diagonal, 2, [1, 1]).BlockSizes);
        Assert.False(new CovarianceStructure(CovarianceKind.Diagonal, 2, [1, 1]).IsDiagonalStorage);
    }
}

using GmmNative.Passes;
using Xunit;

namespace GmmNative.Tests.Passes;

/// <summary>How rows are cut: whole vectors, within the caches, in groups that are worth a merge.</summary>
public sealed class ChunkGeometryTests
{
    [Theory]
    [InlineData(0, 480, 2)]
    [InlineData(1, 480, 2)]
    [InlineData(546, 480, 2)]
    [InlineData(547, 432, 3)]
    [InlineData(1000, 240, 4)]
    [InlineData(5461, 48, 20)]
    [InlineData(1_000_000, 48, 20)]
    public void For_NumbersOfARow_FillsTheCachesWithWholeStrips(int numbers, int rows, int chunks)
    {
        Assert.Equal(new ChunkGeometry(rows, chunks), ChunkGeometry.For(numbers));
        Assert.Equal(rows * chunks, ChunkGeometry.For(numbers).GroupRows);
        Assert.Equal(new ChunkGeometry(rows, 1), ChunkGeometry.ForFewSums(numbers));
    }

    [Fact]
    public void ForCentred_AnyShape_CountsRowsDifferencesAndPosteriors()
    {
        // 3 D for the rows, 2 of the largest group for differences, K posteriors.
        Assert.Equal(new ChunkGeometry(192, 5), ChunkGeometry.ForCentered(200, 200, 100));
        Assert.Equal(new ChunkGeometry(336, 3), ChunkGeometry.ForCentered(200, 0, 100));
        Assert.Equal(new ChunkGeometry(288, 4), ChunkGeometry.ForCentered(0, 200, 500));
    }
}

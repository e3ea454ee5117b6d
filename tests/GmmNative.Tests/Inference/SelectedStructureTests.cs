using GmmNative.Model;
using GmmNative.Tests.Support;
using Xunit;

namespace GmmNative.Tests.Inference;

/// <summary>The structure of selected coordinates: exact wherever some block sizes describe it, full elsewhere.</summary>
public sealed class SelectedStructureTests
{
    [Theory]
    [InlineData("diag 2,2", "0,1,2,3", "diag, blocks 2,2")]
    [InlineData("diag 2,2", "0,1", "diag")]
    [InlineData("diag 2,2", "1,3", "diag, blocks 1,1")]
    [InlineData("diag 2,2", "1,0,3,2", "diag, blocks 2,2")]
    [InlineData("diag 2,2", "0,1,3,2", "full")]
    [InlineData("diag 2,2", "0,1,2", "full")]
    [InlineData("diag 3,3", "0,2,3,5", "diag, blocks 2,2")]
    [InlineData("diag 3,3", "0,1,2,3,4", "diag, blocks 2,1,2")]
    [InlineData("diag 2,1,2", "0,1,3,4", "diag, blocks 2,2")]
    [InlineData("diag 4", "3,0", "diag")]
    [InlineData("full 4", "3,0", "full")]
    [InlineData("full 4", "2", "diag")]
    [InlineData("full 2,2", "0,1,2", "full, blocks 2,1")]
    [InlineData("full 2,2", "3,2,0,1", "full, blocks 2,2")]
    [InlineData("full 2,2", "0,2,1,3", "diag, blocks 2,2")]
    [InlineData("full 2,2", "0,2", "diag")]
    [InlineData("full 3,3", "0,3,1,4,2", "full")]
    public void Of_SelectedCoordinates_IsTheStructureThatSaysIt(string structure, string coordinates, string expected) =>
        Assert.Equal(
            expected, SelectedStructure.Of(Parse(structure), [.. coordinates.Split(',').Select(int.Parse)]).ToString());

    [Fact]
    public void Of_RandomSelections_IsExactWhereBlockSizesExist()
    {
        Random random = new(3);
        int strided = 0;
        int full = 0;
        for (int i = 0; i < 400; i++)
        {
            int dimension = random.Next(2, 8);
            CovarianceStructure structure = new(
                random.Next(2) == 0 ? CovarianceKind.Full : CovarianceKind.Diagonal, dimension, Sizes(random, dimension));
            int[] all = [.. Enumerable.Range(0, dimension)];
            random.Shuffle(all);
            int[] coordinates = random.Next(2) == 0 ? [.. all[..random.Next(1, dimension)].Order()] : all[..random.Next(1, dimension)];
            CovarianceStructure selected = SelectedStructure.Of(structure, coordinates);
            bool exists = Candidates(coordinates.Length).Any(candidate => Keeps(candidate, structure, coordinates));
            Assert.Equal(exists, Keeps(selected, structure, coordinates));
            if (!exists)
            {
                Assert.Equal("full", selected.ToString());
                full++;
            }

            strided += selected.Kind == CovarianceKind.Diagonal && selected.BlockSizes.Count > 1 ? 1 : 0;
        }

        Assert.True(strided > 10 && full > 10, $"{strided} strided, {full} full: the selections are too much alike");
    }

    [Fact]
    public void Of_ManyChainsOfOneLength_Ends()
    {
        // 2 x 40 groups of two coordinates, whose chains would all need blocks of size 1: the search must give up.
        int[] coordinates = [.. Enumerable.Range(0, 40).SelectMany(i => (int[])[i, 40 + ((i * 7) % 40)])];
        CovarianceStructure structure = new(CovarianceKind.Diagonal, 80, [40, 40]);
        Assert.Equal("full", SelectedStructure.Of(structure, coordinates).ToString());
    }

    private static CovarianceStructure Parse(string text)
    {
        string[] parts = text.Split(' ');
        int[] sizes = [.. parts[1].Split(',').Select(int.Parse)];
        return new CovarianceStructure(parts[0] == "full" ? CovarianceKind.Full : CovarianceKind.Diagonal, sizes.Sum(), sizes);
    }

    private static bool Keeps(CovarianceStructure candidate, CovarianceStructure structure, int[] coordinates) =>
        Enumerable.Range(0, coordinates.Length).All(i => Enumerable.Range(0, coordinates.Length).All(
            j => candidate.IsKept(i, j) == structure.IsKept(coordinates[i], coordinates[j])));

    private static IEnumerable<CovarianceStructure> Candidates(int dimension) =>
        from kind in (CovarianceKind[])[CovarianceKind.Diagonal, CovarianceKind.Full]
        from sizes in Compositions(dimension)
        select new CovarianceStructure(kind, dimension, sizes);

    private static IEnumerable<int[]> Compositions(int sum) =>
        sum == 0 ? [[]] : Enumerable.Range(1, sum).SelectMany(first => Compositions(sum - first).Select(rest => (int[])[first, .. rest]));

    private static int[] Sizes(Random random, int dimension)
    {
        int size = random.Next(1, dimension + 1);
        List<int> sizes = [];
        for (int left = dimension; left > 0; left -= sizes[^1])
        {
            sizes.Add(Math.Min(left, random.Next(3) > 0 ? size : random.Next(1, left + 1)));
        }

        return [.. sizes];
    }
}

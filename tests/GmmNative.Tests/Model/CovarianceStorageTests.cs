using GmmNative.Model;
using GmmNative.Tests.Support;
using Xunit;

namespace GmmNative.Tests.Model;

/// <summary>Where entries of covariances lie, for all structures.</summary>
public sealed class CovarianceStorageTests
{
    private const int Dimension = 6;

    public static TheoryData<string> Names => [.. Structures.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Entry_AfterSetEntry_IsThatEntryAndItsMirrorImage(string name)
    {
        CovarianceStructure structure = Structures.Make(name, Dimension);
        CovarianceStorage storage = structure.Storage;
        Assert.Equal(name == "diagonal" ? Dimension : Dimension * Dimension, storage.Size);
        Assert.Equal(structure.CovarianceSize, storage.Size);
        Assert.Equal(name == "diagonal", storage.HoldsVariances);
        for (int i = 0; i < Dimension; i++)
        {
            for (int j = 0; j < Dimension; j++)
            {
                if (!structure.IsKept(i, j))
                {
                    continue;
                }

                double[] covariance = new double[storage.Size];
                storage.SetEntry(covariance, i, j, 7);
                for (int p = 0; p < Dimension * Dimension; p++)
                {
                    (int row, int column) = (p / Dimension, p % Dimension);
                    double expected = (row == i && column == j) || (row == j && column == i) ? 7 : 0;
                    Assert.Equal(expected, storage.Entry(covariance, row, column));
                    Assert.Equal(
                        expected, new GaussianMixture(structure, [1], new double[Dimension], Positive(storage, covariance))
                            .CovarianceAt(0, row, column) - (row == column ? 100 : 0));
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Variance_OfEachCoordinate_IsTheEntryOnTheDiagonal(string name)
    {
        CovarianceStorage storage = Structures.Make(name, Dimension).Storage;
        double[] covariance = new double[storage.Size];
        for (int d = 0; d < Dimension; d++)
        {
            storage.SetVariance(covariance, d, 1 + d);
        }

        for (int d = 0; d < Dimension; d++)
        {
            Assert.Equal(1 + d, storage.Variance(covariance, d));
            Assert.Equal(1 + d, storage.Entry(covariance, d, d));
        }

        Assert.Equal(Dimension * (Dimension + 1) / 2, covariance.Sum());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ReadGroup_OfEachGroup_GathersAndWriteGroupPutsBack(string name)
    {
        CovarianceStructure structure = Structures.Make(name, Dimension);
        CovarianceStorage storage = structure.Storage;
        double[] covariance = RandomMixtures.Model(new Random(1), structure, 1).Covariances.ToArray();
        double[] copy = new double[storage.Size];
        foreach (int[] group in structure.GroupArrays)
        {
            int n = group.Length;
            double[] matrix = new double[n * n];
            double[] lower = [.. Enumerable.Repeat(-1.0, n * n)];
            storage.ReadGroup(covariance, group, matrix);
            storage.ReadLower(covariance, group, lower);
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j < n; j++)
                {
                    Assert.Equal(storage.Entry(covariance, group[i], group[j]), matrix[(i * n) + j]);
                    Assert.Equal(j <= i ? matrix[(i * n) + j] : -1, lower[(i * n) + j]);
                }
            }

            storage.WriteGroup(matrix, group, copy);
        }

        Assert.Equal(covariance, copy);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Of_AComponent_IsItsPartOfAll(string name)
    {
        CovarianceStorage storage = Structures.Make(name, Dimension).Storage;
        double[] all = storage.Allocate(3);
        Assert.Equal(3 * storage.Size, all.Length);
        Assert.Equal(all.Length, storage.Shape(3).Aggregate((a, b) => a * b));
        Assert.Equal(storage.HoldsVariances ? [3, Dimension] : [3, Dimension, Dimension], storage.Shape(3));
        storage.Of(all.AsSpan(), 1).Fill(1);
        Assert.Equal(storage.Size, all.Sum());
        Assert.Equal(1, all[storage.Size]);
        Assert.Equal(1, all[(2 * storage.Size) - 1]);
        Assert.True(storage.Of((ReadOnlySpan<double>)all, 1).SequenceEqual(storage.Of(all.AsSpan(), 1)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void EntryAt_EachPlace_IsTheEntryStoredThere(string name)
    {
        CovarianceStorage storage = Structures.Make(name, Dimension).Storage;
        double[] covariance = [.. Enumerable.Range(1, storage.Size).Select(i => (double)i)];
        for (int place = 0; place < storage.Size; place++)
        {
            (int row, int column) = storage.EntryAt(place);
            Assert.Equal(covariance[place], storage.Entry(covariance, row, column));
        }
    }

    /// <summary>The covariance with 100 added to its variances: any entries of 7 are positive definite then.</summary>
    private static double[] Positive(CovarianceStorage storage, double[] covariance)
    {
        double[] sum = [.. covariance];
        for (int d = 0; d < Dimension; d++)
        {
            storage.SetVariance(sum, d, storage.Variance(sum, d) + 100);
        }

        return sum;
    }
}

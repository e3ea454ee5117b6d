using GmmNative.Initialization.Clustering;
using GmmNative.Initialization.Seeding;
using GmmNative.Passes;
using GmmNative.Tests.Support;
using Xunit;

namespace GmmNative.Tests.Passes;

/// <summary>The numbers that accumulators show, and what becomes of numbers that are put into them.</summary>
public sealed class SumVisitTests
{
    [Fact]
    public void VisitSums_SeedPotentials_AreRowsAndSums()
    {
        SeedPotentials potentials = new(3) { Rows = 4 };
        ((double[])[1, 2, 3]).CopyTo(potentials.Sums, 0);
        SumList copy = Copy(potentials, "counts 1", "sums 3");
        SeedPotentials other = new(3);
        other.VisitSums(copy.Continue(SumListUse.Put));
        Assert.Equal(4, other.Rows);
        Assert.Equal([1, 2, 3], other.Sums);
        other.VisitSums(copy.Continue(SumListUse.Add));
        Assert.Equal(8, other.Rows);
        Assert.Equal([2, 4, 6], other.Sums);
    }

    [Fact]
    public void VisitSums_ClusterSums_AreKeptWhenMergedAndCleared()
    {
        ClusterSums sums = new(3, 2);
        sums.AddRows(2);
        sums.Add(1, [1, 2], 5, 1);
        sums.Add(2, [1.5, 2], 12.5, 2);
        SumList copy = Copy(sums, "counts 1", "counts 1", "counts 3", "sums 3", "sums 6", "sums 3");
        ClusterSums other = new(3, 2);
        other.VisitSums(copy.Continue(SumListUse.Put));
        Assert.Equal(2, other.Rows);
        Assert.Equal([0, 1, 1], other.Counts);
        Assert.Equal([0, 1, 2], other.Weights);
        Assert.Equal([0, 0, 1, 2, 3, 4], other.Sums);
        Assert.Equal([0, 5, 25], other.Distances);

        // Clusters that nothing was added to by hand are merged and cleared too.
        ClusterSums total = new(3, 2);
        total.Add(other);
        Assert.Equal([0, 0, 1, 2, 3, 4], total.Sums);
        other.Clear();
        Assert.All(other.Sums, sum => Assert.Equal(0, sum));
    }

    [Fact]
    public void Rent_BegunBy_BeginsNewSumsAndUsedOnes()
    {
        AccumulatorPool<SeedPotentials> pool = new(() => new SeedPotentials(1) { Rows = 1 });
        AccumulatorPool<SeedPotentials> begun = pool.BegunBy(sums => sums.Rows += 100);
        SeedPotentials first = begun.Rent();
        Assert.Equal(101, first.Rows);
        begun.Return(first);
        Assert.Same(first, begun.Rent());
        Assert.Equal(201, first.Rows);

        // The pools share what is free.
        begun.Return(first);
        Assert.Same(first, pool.Rent());
        Assert.Equal(0, first.Rows);
        Assert.Equal(0, pool.Rent().Rows);
    }

    private static SumList Copy<TAccumulator>(IAccumulator<TAccumulator> sums, params string[] names)
    {
        SumList list = new(SumListUse.Copy);
        sums.VisitSums(list);
        Assert.Equal(names, list.Names);
        return list;
    }
}

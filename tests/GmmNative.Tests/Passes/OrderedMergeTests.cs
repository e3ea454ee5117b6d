using GmmNative.Passes;
using GmmNative.Tests.Support;
using Xunit;

namespace GmmNative.Tests.Passes;

/// <summary>The merging of groups in their order, and how far a thread may run ahead.</summary>
public sealed class OrderedMergeTests
{
    [Theory]
    [InlineData(new[] { 0, 1, 2, 3 })]
    [InlineData(new[] { 3, 2, 1, 0 })]
    [InlineData(new[] { 1, 3, 0, 2 })]
    [InlineData(new[] { 2, 0, 3, 1 })]
    public void Complete_AnyOrder_AddsInTheOrderOfTheGroups(int[] order)
    {
        OrderedMerge<RowTrace> merge = new(new AccumulatorPool<RowTrace>(() => new RowTrace()), 2);
        foreach (int group in order)
        {
            RowTrace sums = merge.Rent(group)!;
            sums.Values.Add(group);
            merge.Complete(group, sums);
        }

        Assert.Equal([0, 1, 2, 3], merge.Total.Values);
    }

    [Fact]
    public void Complete_MergedSums_AreUsedAgain()
    {
        int made = 0;
        OrderedMerge<RowTrace> merge = new(new AccumulatorPool<RowTrace>(() =>
        {
            made++;
            return new RowTrace();
        }), 1);
        for (int group = 0; group < 50; group++)
        {
            RowTrace sums = merge.Rent(group)!;
            Assert.Empty(sums.Values);
            sums.Values.Add(group);
            merge.Complete(group, sums);
        }

        // The total, and one for each group after the other.
        Assert.Equal(2, made);
        Assert.Equal(50, merge.Total.Values.Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Rent_TwoGroupsAThreadAhead_WaitsForTheFirst(int threads)
    {
        OrderedMerge<RowTrace> merge = new(new AccumulatorPool<RowTrace>(() => new RowTrace()), threads);
        List<RowTrace> rented = [.. Enumerable.Range(0, 2 * threads).Select(group => merge.Rent(group)!)];
        Assert.DoesNotContain(null, rented);
        using ManualResetEventSlim isBack = new();
        Task ahead = Guard.Returns(() =>
        {
            Assert.NotNull(merge.Rent(2 * threads));
            isBack.Set();
        });
        Assert.False(isBack.Wait(100), "a thread may run too far ahead");

        // Any other group than the first does not let it go on.
        if (threads > 1)
        {
            merge.Complete(1, rented[1]);
            Assert.False(isBack.Wait(100), "a group that has to wait itself lets a thread run ahead");
        }

        merge.Complete(0, rented[0]);
        await ahead;
    }

    [Fact]
    public async Task Abandon_WhileOthersWait_LetsThemGoWithNothing()
    {
        OrderedMerge<RowTrace> merge = new(new AccumulatorPool<RowTrace>(() => new RowTrace()), 1);
        Assert.NotNull(merge.Rent(0));
        using CountdownEvent started = new(2);
        Task[] waiting = [.. Enumerable.Range(2, 2).Select(group => Guard.Returns(() =>
        {
            started.Signal();
            Assert.Null(merge.Rent(group));
        }))];
        started.Wait();

        // Long enough that both of them wait, most of the time: the test holds either way.
        Thread.Sleep(50);
        merge.Abandon();
        await Task.WhenAll(waiting);
        Assert.Null(merge.Rent(0));
    }
}

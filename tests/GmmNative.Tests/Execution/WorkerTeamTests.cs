using System.Collections.Concurrent;
using GmmNative.Execution;
using Xunit;

namespace GmmNative.Tests.Execution;

public class WorkerTeamTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(17)]
    public void Run_SomeThreads_EachRunsTheWorkOnce(int threads)
    {
        for (int call = 0; call < 50; call++)
        {
            ConcurrentBag<int> ran = [];
            using Barrier all = new(threads);
            WorkerTeam.Run(threads, () =>
            {
                ran.Add(Environment.CurrentManagedThreadId);
                Assert.True(all.SignalAndWait(TimeSpan.FromMinutes(1)), "the threads do not run at the same time");
            });
            Assert.Equal(threads, ran.Count);
            Assert.Equal(threads, ran.Distinct().Count());
            Assert.Contains(Environment.CurrentManagedThreadId, ran);
        }
    }

    [Fact]
    public void Run_CallsInsideAndBesideEachOther_AllReturn()
    {
        int ran = 0;
        Parallel.For(0, 8, _ =>
        {
            for (int call = 0; call < 100; call++)
            {
                WorkerTeam.Run(3, () => WorkerTeam.Run(2, () => Interlocked.Increment(ref ran)));
            }
        });
        Assert.Equal(8 * 100 * 3 * 2, ran);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Run_OneThreadFails_ThrowsOnTheCallersOnceAllHaveReturned(bool callerFails)
    {
        int caller = Environment.CurrentManagedThreadId;
        int returned = 0;
        using Barrier all = new(4);
        InvalidDataException failure = Assert.Throws<InvalidDataException>(() => WorkerTeam.Run(4, () =>
        {
            all.SignalAndWait();
            bool isCaller = Environment.CurrentManagedThreadId == caller;
            if (isCaller == callerFails)
            {
                throw new InvalidDataException("row 7");
            }

            Thread.Sleep(20);
            Interlocked.Increment(ref returned);
        }));
        Assert.Equal("row 7", failure.Message);
        Assert.Equal(callerFails ? 3 : 1, returned);

        // A member that failed works again.
        int ran = 0;
        WorkerTeam.Run(4, () => Interlocked.Increment(ref ran));
        Assert.Equal(4, ran);
    }
}

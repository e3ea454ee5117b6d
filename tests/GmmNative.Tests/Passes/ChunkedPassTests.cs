using System.Collections.Concurrent;
using GmmNative.Execution;
using GmmNative.Passes;
using GmmNative.Tests.Support;
using Xunit;

namespace GmmNative.Tests.Passes;

/// <summary>Passes in isolation: every row once and in order, and the pass ends after any exception of a source or a worker.</summary>
public sealed class ChunkedPassTests
{
    private static readonly ChunkGeometry Geometry = new(8, 3);

    [Theory]
    [InlineData(1, null)]
    [InlineData(1, 5)]
    [InlineData(3, null)]
    [InlineData(4, 7)]
    public async Task Run_AnySource_GoesOverEachRowOnceInOrder(int threads, int? batchSize)
    {
        foreach (int count in (int[])[1, 7, 8, 9, 24, 25, 1000])
        {
            double[] rows = [.. Enumerable.Range(0, 2 * count).Select(i => (double)i)];
            IVectorSource[] sources =
            [
                VectorSource.From((ReadOnlyMemory<double>)rows, 2), new WatchedSource(rows, 2, (_, _) => { }), Batches.Of(rows, 2),
                new ScriptedSource(2, _ => rows, 3),
            ];
            foreach (IVectorSource source in sources)
            {
                int reported = 0;
                int made = 0;
                int disposed = 0;
                TraceWorker Create()
                {
                    Interlocked.Increment(ref made);
                    return new TraceWorker(null, () => Interlocked.Increment(ref disposed));
                }

                RowTrace? trace = null;
                await Guard.Returns(() => trace = ChunkedPass.Run(
                    source, Geometry, Plan(threads, batchSize), () => new RowTrace(), Create,
                    done => Interlocked.Add(ref reported, done), default));
                Assert.Equal(rows, trace!.Values);
                Assert.Equal(Chunks(count), trace.Chunks);
                Assert.Equal(count, reported);
                Assert.Equal(made, disposed);
            }
        }
    }

    [Fact]
    public void Run_FewGroups_StartsNoMoreThreadsThanThereAre()
    {
        foreach ((int rows, int expected) in ((int, int)[])[(1, 1), (24, 1), (25, 2), (48, 2), (49, 3), (1000, 3)])
        {
            int made = 0;
            ChunkedPass.Run(
                VectorSource.From((ReadOnlyMemory<double>)new double[rows], 1), Geometry, Plan(3), () => new RowTrace(),
                () =>
                {
                    Interlocked.Increment(ref made);
                    return new TraceWorker();
                },
                null, default);
            Assert.Equal(expected, made);
        }
    }

    [Fact]
    public async Task Run_OneThreadsReadFailsWhileOthersWait_ThrowsThatFailure()
    {
        // The others run ahead of the first group until they may not, and would wait for it for ever.
        double[] rows = new double[200_000];
        using ManualResetEventSlim isAhead = new();
        WatchedSource source = new(rows, 1, (first, _) =>
        {
            if (first == 0)
            {
                isAhead.Wait();
                Thread.Sleep(100);
                throw new InvalidDataException("the disk is gone");
            }

            if (first >= 5L * Geometry.GroupRows)
            {
                isAhead.Set();
            }
        });
        await Guard.Returns(() =>
        {
            InvalidDataException failure = Assert.Throws<InvalidDataException>(() => Run(source, 3, () => new TraceWorker()));
            Assert.Equal("the disk is gone", failure.Message);
        });
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Run_WorkerFails_ThrowsThatFailureAndStops(int threads)
    {
        double[] rows = new double[10_000];
        foreach (IVectorSource source in (IVectorSource[])[VectorSource.From((ReadOnlyMemory<double>)rows, 1), Batches.Of(rows, 1)])
        {
            ConcurrentBag<long> processed = [];
            int open = 0;
            TraceWorker Create()
            {
                Interlocked.Increment(ref open);
                return new TraceWorker(Fail, () => Interlocked.Decrement(ref open));
            }

            void Fail(long row)
            {
                if (row == 48)
                {
                    throw new InvalidDataException("row 48");
                }

                processed.Add(row);
            }

            InvalidDataException? failure = null;
            await Guard.Returns(() => failure = Assert.Throws<InvalidDataException>(() => Run(source, threads, Create)));
            Assert.Equal("row 48", failure!.Message);

            // The threads stop at the next group, and at the window at the latest; all workers give their memory back.
            Assert.True(processed.Count < 10_000 / Geometry.ChunkRows, "all rows were processed although one had failed");
            Assert.Equal(0, open);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Run_WorkerCannotBeMade_ThrowsThatFailure(int threads) => await Guard.Returns(() =>
        Assert.Throws<NotSupportedException>(() => Run(
            VectorSource.From((ReadOnlyMemory<double>)new double[1000], 1), threads, () => throw new NotSupportedException("no scratch"))));

    [Fact]
    public async Task Run_SourceOfFrontToBackFails_ThrowsThatFailureAndClosesIt()
    {
        ScriptedSource source = new(1, _ => throw new InvalidDataException("no pass"));
        await Guard.Returns(() => Assert.Throws<InvalidDataException>(() => Run(source, 2, () => new TraceWorker())));
        ScriptedSource whole = new(1, _ => new double[100]);
        Run(whole, 2, () => new TraceWorker());
        Assert.Equal(0, whole.OpenReaders);
        Assert.Throws<InvalidDataException>(() => Run(whole, 1, () => new TraceWorker(_ => throw new InvalidDataException("row"))));
        Assert.Equal(0, whole.OpenReaders);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Run_Cancelled_StopsBeforeTheNextChunk(int threads)
    {
        using CancellationTokenSource cancel = new();
        int chunks = 0;
        void Count(long row)
        {
            if (Interlocked.Increment(ref chunks) == 5)
            {
                cancel.Cancel();
            }
        }

        await Guard.Returns(() => Assert.Throws<OperationCanceledException>(() => ChunkedPass.Run(
            VectorSource.From((ReadOnlyMemory<double>)new double[100_000], 1), Geometry, Plan(threads), () => new RowTrace(),
            () => new TraceWorker(Count), null, cancel.Token)));

        // Each thread may be within a chunk when it happens.
        Assert.InRange(chunks, 5, 5 + threads);
    }

    private static RowTrace Run(IVectorSource source, int threads, Func<IChunkWorker<RowTrace>> createWorker) =>
        ChunkedPass.Run(source, Geometry, Plan(threads), () => new RowTrace(), createWorker, null, default);

    private static ExecutionPlan Plan(int threads, int? batchSize = null) =>
        ExecutionPlan.From(new ExecutionOptions { Threads = threads, BatchSize = batchSize });

    /// <summary>Chunks of eight rows, except the last chunk.</summary>
    private static IEnumerable<(long First, int Count)> Chunks(int count)
    {
        for (int first = 0; first < count; first += Geometry.ChunkRows)
        {
            yield return (first, Math.Min(Geometry.ChunkRows, count - first));
        }
    }
}

using GmmNative.Passes;
using GmmNative.Tests.Support;
using Xunit;

namespace GmmNative.Tests.Passes;

/// <summary>Groups that are passed to one receiver: in order, few at a time, and the pass ends after any failure.</summary>
public sealed class OrderedBlocksTests
{
    private const int Rows = 20_000;

    private static readonly ChunkGeometry Geometry = new(8, 3);

    public static TheoryData<int> Threads => [1, 2, 3, 8];

    [Theory]
    [MemberData(nameof(Threads))]
    public async Task Run_ThreadsOfAnySpeed_AreReceivedInOrderOneAtATime(int threads)
    {
        long next = 0;
        int inside = 0;
        OrderedBlocks<RangeBlock> blocks = new(threads, () => new RangeBlock(), block =>
        {
            Assert.Equal(1, Interlocked.Increment(ref inside));
            Assert.Equal(next, block.First);
            next += block.Count;
            block.Clear();
            Interlocked.Decrement(ref inside);
        });
        Random delays = new(1);
        await Guard.Returns(() => Assert.Equal(Rows, Run(blocks, row =>
        {
            lock (delays)
            {
                Thread.SpinWait(delays.Next(2000));
            }
        })));
        Assert.Equal(Rows, next);
    }

    [Theory]
    [MemberData(nameof(Threads))]
    public async Task Run_SlowReceiver_HoldsTheThreadsBack(int threads)
    {
        int made = 0;
        long computed = 0;
        long received = 0;
        long ahead = 0;
        RangeBlock Create()
        {
            Interlocked.Increment(ref made);
            return new RangeBlock();
        }

        OrderedBlocks<RangeBlock> blocks = new(threads, Create, block =>
        {
            Thread.Sleep(1);
            ahead = Math.Max(ahead, Interlocked.Read(ref computed) - received);
            received += block.Count;
            block.Clear();
        });
        await Guard.Returns(() => Run(blocks, _ => Interlocked.Add(ref computed, Geometry.ChunkRows), rows: 200 * Geometry.GroupRows));

        // Two groups per thread may wait; the one that is being received counts among them.
        Assert.InRange(ahead, 1, 2 * threads * Geometry.GroupRows);
        Assert.InRange(made, 1, 2 * threads);
        Assert.Equal(200 * Geometry.GroupRows, received);
    }

    [Theory]
    [MemberData(nameof(Threads))]
    public async Task Run_ReceiverFails_ThrowsThatFailureAndReceivesNoMore(int threads)
    {
        int received = 0;
        OrderedBlocks<RangeBlock> blocks = new(threads, () => new RangeBlock(), block =>
        {
            block.Clear();
            if (++received == 5)
            {
                throw new InvalidDataException("the disk is full");
            }
        });
        await Guard.Returns(() =>
            Assert.Equal("the disk is full", Assert.Throws<InvalidDataException>(() => Run(blocks)).Message));
        Assert.Equal(5, received);
    }

    [Theory]
    [MemberData(nameof(Threads))]
    public async Task Run_WorkerFails_ThrowsThatFailureAfterTheGroupsBefore(int threads)
    {
        long received = 0;
        OrderedBlocks<RangeBlock> blocks = new(threads, () => new RangeBlock(), block =>
        {
            received += block.Count;
            block.Clear();
        });
        await Guard.Returns(() => Assert.Throws<InvalidDataException>(() => Run(blocks, row =>
        {
            if (row == 50L * Geometry.GroupRows)
            {
                throw new InvalidDataException("a row is wrong");
            }
        })));
        Assert.InRange(received, 0, 50 * Geometry.GroupRows);
        Assert.Equal(0, received % Geometry.GroupRows);
    }

    [Theory]
    [MemberData(nameof(Threads))]
    public async Task Run_ReaderFails_ThrowsThatFailure(int threads)
    {
        foreach (bool isRandomAccess in (bool[])[true, false])
        {
            double[] rows = new double[Rows];
            int reads = 0;
            void Fail()
            {
                if (Interlocked.Increment(ref reads) == 40)
                {
                    throw new InvalidDataException("the file is gone");
                }
            }

            IVectorSource source = isRandomAccess ? new WatchedSource(rows, 1, (_, _) => Fail()) : new FailingSource(Fail);
            OrderedBlocks<RangeBlock> blocks = new(threads, () => new RangeBlock(), block => block.Clear());
            await Guard.Returns(() => Assert.Throws<InvalidDataException>(() => Run(blocks, source: source)));
        }
    }

    [Theory]
    [MemberData(nameof(Threads))]
    public async Task Run_CancelledWhileItReceives_EndsWithThat(int threads)
    {
        using CancellationTokenSource cancel = new();
        int received = 0;
        OrderedBlocks<RangeBlock> blocks = new(threads, () => new RangeBlock(), block =>
        {
            block.Clear();
            if (++received == 7)
            {
                cancel.Cancel();

                // The others meanwhile run ahead as far as they may, and wait.
                Thread.Sleep(20);
            }
        });
        await Guard.Returns(() => Assert.Throws<OperationCanceledException>(() => Run(blocks, cancellationToken: cancel.Token)));
        Assert.InRange(received, 7, 7 + (2 * threads));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Run_MoreRowsThanAnInt_CountsThemAndKeepsTheirOrder(int threads)
    {
        const long Many = (1L << 31) + 12_345;
        long next = 0;
        OrderedBlocks<RangeBlock> blocks = new(threads, () => new RangeBlock(), block =>
        {
            Assert.Equal(next, block.First);
            next += block.Count;
            block.Clear();
        });
        await Guard.Returns(() => Assert.Equal(Many, ChunkedPass.Run(
            new VirtualSource(Many), new ChunkGeometry(1 << 20, 1), null, blocks, () => new RangeBlock.Worker(), null, default)));
        Assert.Equal(Many, next);
    }

    [Theory]
    [InlineData(1, 480, 2, 2)]
    [InlineData(64, 480, 4, 2)]
    [InlineData(300, 480, 2, 1)]
    [InlineData(100_000, 48, 20, 1)]
    public void ForResults_AnyWidth_KeepsChunksAndBoundsGroups(int resultsPerRow, int chunkRows, int chunksPerGroup, int expected)
    {
        ChunkGeometry geometry = new(chunkRows, chunksPerGroup);
        Assert.Equal(new ChunkGeometry(chunkRows, expected), geometry.ForResults(resultsPerRow));
    }

    private static long Run(
        OrderedBlocks<RangeBlock> blocks, Action<long>? before = null, int rows = Rows, IVectorSource? source = null,
        CancellationToken cancellationToken = default) =>
        ChunkedPass.Run(
            source ?? new VirtualSource(rows), Geometry, null, blocks, () => new RangeBlock.Worker(before), null, cancellationToken);

    /// <summary>A source that can be read from front to back only, and fails.</summary>
    private sealed class FailingSource(Action reading) : IVectorSource
    {
        public int Dimension => 1;

        public long? RowCount => null;

        public IVectorReader OpenReader() => new Reader(reading);

        private sealed class Reader(Action reading) : IVectorReader
        {
            public int Read(Span<double> rows)
            {
                reading();
                rows.Clear();
                return rows.Length;
            }

            public void Dispose()
            {
            }
        }
    }
}

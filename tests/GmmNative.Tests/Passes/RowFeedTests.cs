using GmmNative.Passes;
using GmmNative.Tests.Support;
using Xunit;

namespace GmmNative.Tests.Passes;

/// <summary>The groups that threads take, from both kinds of source.</summary>
public sealed class RowFeedTests
{
    private static readonly ChunkGeometry Geometry = new(4, 3);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    [InlineData(36)]
    [InlineData(40)]
    public void TryTake_UntilTheEnd_HandsOutEachGroupOnce(int count)
    {
        double[] rows = [.. Enumerable.Range(0, 2 * count).Select(i => (double)i)];
        IVectorSource[] sources =
        [
            new WatchedSource(rows, 2, (_, _) => { }), new ScriptedSource(2, _ => rows), new ScriptedSource(2, _ => rows, 5),
        ];
        foreach (IVectorSource source in sources)
        {
            using RowFeed feed = RowFeed.Open(source, Geometry, null);
            double[] buffer = new double[feed.BufferLength];
            long taken = 0;
            for (long index = 0; feed.TryTake(buffer, out RowGroup group); index++)
            {
                Assert.Equal(new RowGroup(index, taken, (int)Math.Min(12, count - taken)), group);
                for (int offset = 0; offset < group.Count; offset += 4)
                {
                    int size = Math.Min(4, group.Count - offset);
                    int first = 2 * (int)(group.FirstRow + offset);
                    Assert.Equal(rows.AsSpan(first, 2 * size).ToArray(), feed.GetChunk(buffer, group, offset, size).ToArray());
                }

                taken += group.Count;
            }

            Assert.Equal(count, taken);
            Assert.False(feed.TryTake(buffer, out _));
        }
    }

    [Fact]
    public void GetWeights_OfAnySource_AreThoseOfTheRows()
    {
        double[] rows = [.. Enumerable.Range(0, 2 * 17).Select(i => (double)i)];
        double[] weights = [.. Enumerable.Range(0, 17).Select(t => 100.0 + t)];
        foreach (IVectorSource source in (IVectorSource[])[new WatchedSource(rows, 2, (_, _) => { }), new ScriptedSource(2, _ => rows, 5)])
        {
            using RowFeed feed = RowFeed.Open(source, Geometry, null, weights);
            double[] buffer = new double[feed.BufferLength];
            List<double> seen = [];
            while (feed.TryTake(buffer, out RowGroup group))
            {
                for (int offset = 0; offset < group.Count; offset += 4)
                {
                    seen.AddRange(feed.GetWeights(group, offset, Math.Min(4, group.Count - offset)));
                }
            }

            Assert.Equal(weights, seen);
        }
    }

    [Fact]
    public void GetWeights_WithoutWeights_AreNone()
    {
        using RowFeed feed = RowFeed.Open(new ScriptedSource(2, _ => new double[8]), Geometry, null);
        Assert.True(feed.TryTake(new double[feed.BufferLength], out RowGroup group));
        Assert.True(feed.GetWeights(group, 0, 4).IsEmpty);
    }

    [Fact]
    public void GetWeights_SourceOfMoreRowsThanWeights_Throws()
    {
        using RowFeed feed = RowFeed.Open(new ScriptedSource(2, _ => new double[8]), Geometry, null, new double[3]);
        Assert.True(feed.TryTake(new double[feed.BufferLength], out RowGroup group));
        Assert.Equal(3, feed.GetWeights(group, 0, 3).Length);
        VectorDataException error = Assert.Throws<VectorDataException>(() => { _ = feed.GetWeights(group, 0, 4).Length; });
        Assert.Contains("4 rows, but 3 in the first pass", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void BufferLength_OfEitherSource_IsWhatOneThreadReadsAtATime()
    {
        using RowFeed chunks = RowFeed.Open(new WatchedSource(new double[30], 3, (_, _) => { }), Geometry, null);
        using RowFeed groups = RowFeed.Open(new ScriptedSource(3, _ => new double[30]), Geometry, null);
        Assert.Equal(4 * 3, chunks.BufferLength);
        Assert.Equal(12 * 3, groups.BufferLength);
    }

    [Fact]
    public void GetChunk_RowsInMemory_AreGivenWhereTheyLie()
    {
        double[] rows = [.. Enumerable.Range(0, 20).Select(i => (double)i)];
        using RowFeed feed = RowFeed.Open(VectorSource.From((ReadOnlyMemory<double>)rows, 1), Geometry, null);
        double[] buffer = new double[feed.BufferLength];
        Assert.True(feed.TryTake(buffer, out _));
        Assert.True(feed.TryTake(buffer, out RowGroup group));
        ReadOnlySpan<double> chunk = feed.GetChunk(buffer, group, 4, 4);
        Assert.True(chunk == rows.AsSpan(16, 4), "the rows were copied");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(100)]
    public void GetChunk_BatchSize_BoundsEachRead(int batchSize)
    {
        double[] rows = [.. Enumerable.Range(0, 26).Select(i => (double)i)];
        List<(long First, int Count)> reads = [];
        using RowFeed feed = RowFeed.Open(new WatchedSource(rows, 2, (first, count) => reads.Add((first, count))), Geometry, batchSize);
        double[] buffer = new double[feed.BufferLength];
        Assert.True(feed.TryTake(buffer, out _));
        Assert.True(feed.TryTake(buffer, out RowGroup last));
        Assert.Equal(1, last.Count);
        Assert.Empty(reads);
        Assert.Equal([24, 25], feed.GetChunk(buffer, last, 0, 1).ToArray());
        Assert.Equal([(12, 1)], reads);
        reads.Clear();
        Assert.Equal(rows[8..16], feed.GetChunk(buffer, new RowGroup(0, 0, 12), 4, 4).ToArray());
        Assert.Equal(4, reads.Sum(read => read.Count));
        Assert.Equal(Math.Min(4, batchSize), reads.Max(read => read.Count));
        Assert.Equal(4, reads[0].First);
    }

    [Fact]
    public void TryTake_FromFrontToBack_AsksForNoMoreThanBatchAndGroup()
    {
        foreach ((int? batchSize, int most) in ((int?, int)[])[(null, 12), (5, 5), (100, 12)])
        {
            ScriptedSource source = new(2, _ => new double[60]);
            using RowFeed feed = RowFeed.Open(source, Geometry, batchSize);
            double[] buffer = new double[feed.BufferLength];
            while (feed.TryTake(buffer, out _))
            {
            }

            Assert.Equal(most, source.MostAsked);
        }
    }

    [Fact]
    public void TryTake_AfterTheSourceHasEnded_AsksItNoMore()
    {
        EndedSource source = new();
        using (RowFeed feed = RowFeed.Open(source, Geometry, null))
        {
            double[] buffer = new double[feed.BufferLength];
            Assert.True(feed.TryTake(buffer, out RowGroup group));
            Assert.Equal(5, group.Count);
            Assert.False(feed.TryTake(buffer, out _));
            Assert.False(feed.TryTake(buffer, out _));
        }

        Assert.True(source.IsDisposed);
    }

    /// <summary>Five rows, then the end, once.</summary>
    private sealed class EndedSource : IVectorSource, IVectorReader
    {
        private int _reads;

        public int Dimension => 1;

        public long? RowCount => null;

        public bool IsDisposed { get; private set; }

        public IVectorReader OpenReader() => this;

        public int Read(Span<double> rows)
        {
            Assert.True(++_reads <= 2, "read beyond the end");
            return _reads == 1 ? 5 : 0;
        }

        public void Dispose() => IsDisposed = true;
    }
}

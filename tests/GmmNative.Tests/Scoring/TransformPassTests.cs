using GmmNative.Passes;
using GmmNative.Tests.Support;
using Xunit;

namespace GmmNative.Tests.Scoring;

/// <summary>Regression processes all rows from any kind of source, and stops when it is canceled.</summary>
public sealed class TransformPassTests
{
    private static readonly GaussianMixture Model = RandomMixtures.Model(new Random(1), Structures.Make("full", 3), 3);

    [Theory]
    [InlineData(1)]
    [InlineData(1024)]
    [InlineData(1025)]
    [InlineData(2049)]
    public void Transform_AnyNumberOfRows_ConvertsEach(int count)
    {
        // The last read of 1025 and 2049 rows is of a single one.
        double[] rows = RandomMixtures.Normals(new Random(2), 2 * count);
        TransformResult whole = Model.Transform(VectorSource.From((ReadOnlyMemory<double>)rows, 2));
        foreach (int t in (int[])[0, count / 2, count - 1])
        {
            TransformResult alone = Model.Transform(VectorSource.From((ReadOnlyMemory<double>)rows.AsSpan(2 * t, 2).ToArray(), 2));
            Assert.Equal(alone.Converted![0, 0], whole.Converted![t, 0], 1e-13);
            Assert.Equal(alone.Labels[0], whole.Labels[t]);
            Assert.NotEqual(0, whole.Converted[t, 0]);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void Transform_ShortReads_GivesTheSameBits(int rowsOfRead)
    {
        double[] rows = RandomMixtures.Normals(new Random(3), 2 * 40);
        TransformResult whole = Model.Transform(VectorSource.From((ReadOnlyMemory<double>)rows, 2));
        TransformResult parts = Model.Transform(new ScriptedSource(2, _ => rows, rowsOfRead));
        Bits.AssertSame(whole.Converted!, parts.Converted!, "converted");
        Assert.Equal(whole.Labels, parts.Labels);
    }

    [Fact]
    public void Transform_SourceThatSaysItsCount_IsReadOnce()
    {
        int passes = 0;
        double[] rows = RandomMixtures.Normals(new Random(3), 2 * 40);
        ScriptedSource source = new(2, _ =>
        {
            passes++;
            return rows;
        })
        { RowCount = 40 };
        Assert.Equal(40, Model.Transform(source).Labels.Length);
        Assert.Equal(1, passes);
    }

    [Fact]
    public void Transform_CancelledWhileRowsAreRead_Throws()
    {
        using CancellationTokenSource cancel = new();
        double[] rows = RandomMixtures.Normals(new Random(4), 2 * 40);
        ScriptedSource source = new(2, _ =>
        {
            cancel.Cancel();
            return rows;
        })
        { RowCount = 40 };
        Assert.ThrowsAny<OperationCanceledException>(() => Model.Transform(source, null, cancel.Token));
        Assert.True(cancel.IsCancellationRequested);
        Assert.Equal(0, source.OpenReaders);
    }
}

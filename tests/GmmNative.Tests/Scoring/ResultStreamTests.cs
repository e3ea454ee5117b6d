using GmmNative.Data;
using GmmNative.Execution;
using GmmNative.Scoring;
using GmmNative.Scoring.Results;
using GmmNative.Tests.Support;
using Xunit;

namespace GmmNative.Tests.Scoring;

/// <summary>Results that leave while they are computed: the bits of the arrays, in the order of the rows, or one failure.</summary>
public sealed class ResultStreamTests
{
    private const int Dimension = 3;
    private const int Count = 5000;

    private static readonly GaussianMixture Model = RandomMixtures.Model(new Random(1), Structures.Make("full", Dimension), 5);
    private static readonly double[] Rows = RandomMixtures.Normals(new Random(2), Dimension * Count);

    [Theory]
    [InlineData(1, Precision.Double)]
    [InlineData(2, Precision.Double)]
    [InlineData(8, Precision.Double)]
    [InlineData(3, Precision.Single)]
    public async Task Stream_AnyThreadsAndSource_GivesTheBitsOfTheArrays(int threads, Precision precision)
    {
        ExecutionOptions execution = new() { Threads = threads, Precision = precision };
        IVectorSource memory = VectorSource.From((ReadOnlyMemory<double>)Rows, Dimension);
        double[] densities = Model.LogDensities(memory, execution);
        double[] posteriors = [.. Model.Posteriors(memory, execution).Cast<double>()];
        int[] labels = Model.Labels(memory, execution);
        foreach (IVectorSource source in (IVectorSource[])[memory, new ScriptedSource(Dimension, _ => Rows, 7)])
        {
            Collected found = new();
            ResultKinds kinds = ResultKinds.LogDensity | ResultKinds.Posteriors | ResultKinds.Label;
            await Guard.Returns(() =>
                ScoringPass.Stream(Model, source, found.Stream(kinds, Count), ExecutionPlan.From(execution), default));
            Bits.AssertSame(densities, [.. found.LogDensities], "log-densities");
            Bits.AssertSame(posteriors, [.. found.Posteriors], "posteriors");
            Assert.Equal(labels, found.Labels);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    public async Task Stream_Regression_GivesTheBitsOfTransformInOnePass(int threads)
    {
        ExecutionOptions execution = new() { Threads = threads };
        double[] given = [.. Rows.Take(2 * Count)];
        TransformResult expected = Model.Transform(VectorSource.From((ReadOnlyMemory<double>)given, 2));
        int passes = 0;
        ScriptedSource source = new(2, _ =>
        {
            passes++;
            return given;
        })
        { RowCount = Count };
        Collected found = new();
        await Guard.Returns(() => ScoringPass.Stream(
            Model, source, found.Stream(ResultKinds.Regression, Count), ExecutionPlan.From(execution), default));
        Bits.AssertSame([.. expected.Converted!.Cast<double>()], [.. found.Regression], "regression");
        Bits.AssertSame(expected.LogDensities, [.. found.LogDensities], "log-densities");
        Assert.Equal(expected.Labels, found.Labels);
        Assert.Equal(1, passes);
        Assert.Equal(0, source.OpenReaders);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    public async Task Stream_RowNotFinite_NamesItAndSendsWholeGroupsBefore(int threads)
    {
        double[] rows = [.. Rows];
        rows[(4000 * Dimension) + 1] = double.NaN;
        Collected found = new();
        await Guard.Returns(() =>
        {
            VectorDataException e = Assert.Throws<VectorDataException>(() => ScoringPass.Stream(
                Model, VectorSource.From((ReadOnlyMemory<double>)rows, Dimension), found.Stream(ResultKinds.LogDensity, Count),
                ExecutionPlan.From(new ExecutionOptions { Threads = threads }), default));
            Assert.Contains("row 4001, column 2 ", e.Message, StringComparison.Ordinal);
        });
        Assert.InRange(found.LogDensities.Count, 0, 4000);
    }

    [Theory]
    [InlineData(Count - 1)]
    [InlineData(Count + 1)]
    public async Task Stream_OtherNumberOfRowsThanAnnounced_Throws(int announced) => await Guard.Returns(() =>
        Assert.Contains(
            "every pass must return the same rows",
            Assert.Throws<VectorDataException>(() => ScoringPass.Stream(
                Model, new ScriptedSource(Dimension, _ => Rows), new Collected().Stream(ResultKinds.LogDensity, announced),
                ExecutionPlan.From(new ExecutionOptions { Threads = 2 }), default)).Message,
            StringComparison.Ordinal));

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public async Task Stream_ReceiverFails_ThrowsThatFailure(int threads)
    {
        ResultStream<Block> failing = new(
            new(ResultKinds.Posteriors), Count, 5, () => new Block(), _ => throw new InvalidDataException("no room"));
        await Guard.Returns(() => Assert.Throws<InvalidDataException>(() => ScoringPass.Stream(
            Model, VectorSource.From((ReadOnlyMemory<double>)Rows, Dimension), failing,
            ExecutionPlan.From(new ExecutionOptions { Threads = threads }), default)));
    }

    [Fact]
    public void ThrowIfNonFinite_RowBeyondAnInt_IsNamed()
    {
        VectorDataException e = Assert.Throws<VectorDataException>(() =>
            FiniteCheck.ThrowIfNotUsable(new VirtualSource(4_000_000_000), [0, double.NaN], 2_999_999_999));
        Assert.Contains("row 3000000001, column 1 ", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Arrays_MoreRowsThanAnArrayCanHave_SaySo()
    {
        VirtualSource many = new(3_000_000_000);
        GaussianMixture one = RandomMixtures.Model(new Random(1), Structures.Make("full", 1), 3);
        foreach (Action call in (Action[])[() => one.LogDensities(many), () => one.Labels(many), () => one.Transform(many),
            () => one.Posteriors(new VirtualSource(2_000_000_000))])
        {
            Assert.Contains("000000000 rows are too many", Assert.Throws<VectorDataException>(call).Message, StringComparison.Ordinal);
        }
    }

    /// <summary>The results of a group.</summary>
    private sealed class Block : IResultBlock
    {
        public long First { get; set; } = -1;

        public List<double> LogDensities { get; } = [];

        public List<double> Posteriors { get; } = [];

        public List<int> Labels { get; } = [];

        public List<double> Regression { get; } = [];

        public void Add(in RowResults results)
        {
            First = First < 0 ? results.FirstRow : First;
            LogDensities.AddRange(results.LogDensities);
            Posteriors.AddRange(results.Posteriors);
            Labels.AddRange(results.Labels);
            Regression.AddRange(results.Regression);
        }
    }

    /// <summary>All results, in the order in which they came.</summary>
    private sealed class Collected
    {
        public List<double> LogDensities { get; } = [];

        public List<double> Posteriors { get; } = [];

        public List<int> Labels { get; } = [];

        public List<double> Regression { get; } = [];

        public ResultStream<Block> Stream(ResultKinds kinds, long rows) => new(new(kinds), rows, 40, () => new Block(), Take);

        private void Take(Block block)
        {
            Assert.Equal(LogDensities.Count, block.First);
            LogDensities.AddRange(block.LogDensities);
            Posteriors.AddRange(block.Posteriors);
            Labels.AddRange(block.Labels);
            Regression.AddRange(block.Regression);
            block.First = -1;
            block.LogDensities.Clear();
            block.Posteriors.Clear();
            block.Labels.Clear();
            block.Regression.Clear();
        }
    }
}

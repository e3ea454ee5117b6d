using GmmNative.Tests.Support;
using Xunit;

namespace GmmNative.Tests.Data;

/// <summary>Data that cannot be used, and sources that do not keep their word.</summary>
public sealed class BadSourceTests
{
    private static readonly GaussianMixture Start = RandomMixtures.Model(new Random(3), Structures.Make("diagonal", 2), 3);
    private static readonly double[] Rows = RandomMixtures.Rows(new Random(1), Start, 1500);

    [Theory]
    [InlineData(double.NaN, 0, 0)]
    [InlineData(double.NaN, 1499, 1)]
    [InlineData(double.PositiveInfinity, 777, 0)]
    [InlineData(double.NegativeInfinity, 512, 1)]
    public void EveryCall_ValueNotFinite_TellsRowAndColumnFromOne(double value, int row, int column)
    {
        double[] rows = [.. Rows];
        rows[(2 * row) + column] = value;
        string place = $"row {row + 1}, column {column + 1} ";
        foreach (IVectorSource source in (
            IEnumerable<IVectorSource>)[VectorSource.From((ReadOnlyMemory<double>)rows, 2), Batches.Of(rows, 2, tellsCount: false)])
        {
            foreach (Action call in (IEnumerable<Action>)[
                () => new GaussianMixtureModeling(1, 3).Fit(source),
                () => new GaussianMixtureModeling(1, 3).Warmup(source),
                () => new GaussianMixtureModeling(1, 3).Initialize(source, InitializationMethod.Random),
                () => Start.LogDensities(source),
                () => Start.Posteriors(source),
                () => Start.Labels(source),
                () => Start.Transform(source)])
            {
                VectorDataException error = Assert.Throws<VectorDataException>(call);
                Assert.Contains(place, error.Message, StringComparison.Ordinal);
                Assert.DoesNotContain('\n', error.Message);
            }
        }
    }

    [Fact]
    public void EveryCall_WrongDimension_Throws()
    {
        IVectorSource source = VectorSource.From((ReadOnlyMemory<double>)Rows, 3);
        foreach (Action call in (IEnumerable<Action>)[
            () => new GaussianMixtureModeling(1, 3).Fit(source),
            () => new GaussianMixtureModeling(1, 3).Warmup(source),
            () => Start.LogDensities(source),
            () => Start.Posteriors(source),
            () => Start.Labels(source),
            () => Start.Transform(source)])
        {
            VectorDataException error = Assert.Throws<VectorDataException>(call);
            Assert.Contains("dimension 3", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Fit_NoRows_Throws()
    {
        Assert.Throws<VectorDataException>(() => new GaussianMixtureModeling(1, 3).Fit(VectorSource.From(ReadOnlyMemory<double>.Empty, 2)));
        Assert.Throws<VectorDataException>(() => new GaussianMixtureModeling(1, 3).Fit(new ScriptedSource(2, _ => [])));
    }

    [Fact]
    public void Scores_NoRows_AreEmpty()
    {
        IVectorSource none = VectorSource.From(ReadOnlyMemory<double>.Empty, 2);
        Assert.Empty(Start.LogDensities(none));
        Assert.Empty(Start.Labels(none));
        Assert.Equal(0, Start.Posteriors(none).GetLength(0));
    }

    [Fact]
    public void Initialize_SourceThatEndsBeforeTheRowsDrawn_ThrowsVectorDataException()
    {
        ScriptedSource source = new(2, pass => pass < 2 ? Rows : Rows[..2]);
        Assert.Throws<VectorDataException>(() => new GaussianMixtureModeling(1, 3).Initialize(source, InitializationMethod.Random));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void FitOrInitialize_SourceThatChangesBetweenPasses_ThrowsVectorDataException(bool fit)
    {
        void Call(IVectorSource source)
        {
            GaussianMixtureModeling estimator = new(
                1, 3, new GmmOptions
                {
                    Stopping = new() { Iterations = 3, Tolerance = 0 },
                    Execution = new ExecutionOptions { Threads = 2 },
                });
            if (fit)
            {
                // Warm-up by Linde-Buzo-Gray, then EM.
                estimator.Fit(source);
            }
            else
            {
                estimator.Initialize(source, InitializationMethod.KMeansPlusPlus);
            }
        }

        // Longer, shorter, empty, or no longer finite from some pass on: at each pass that there is.
        double[] longer = [.. Rows, .. Rows];
        double[] bad = [.. Rows];
        double[] infinite = [.. Rows];
        bad[99] = double.NaN;
        infinite[2001] = double.NegativeInfinity;
        int passes = 0;
        Call(new ScriptedSource(2, _ => { passes++; return Rows; }));
        foreach (double[] changed in (IEnumerable<double[]>)[longer, Rows[..1000], [], bad, infinite])
        {
            // Pass 0 only looks at the first row, pass 1 is the first look at all.
            foreach (int from in (int[])[2, 3, passes / 2, passes - 1])
            {
                ScriptedSource source = new(2, pass => pass < from ? Rows : changed);
                VectorDataException error = Assert.Throws<VectorDataException>(() => Call(source));
                Assert.DoesNotContain('\n', error.Message);
                Assert.Equal(0, source.OpenReaders);
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(13)]
    public void Fit_ShortReads_ChangeNothing(int mostAtATime)
    {
        GmmFitResult expected = Train(VectorSource.From((ReadOnlyMemory<double>)Rows, 2), InitializationMethod.LindeBuzoGray);
        ScriptedSource source = new(2, _ => Rows, mostAtATime);
        Bits.AssertSame(expected.Model, Train(source, InitializationMethod.LindeBuzoGray).Model, "model");
        Assert.Equal(0, source.OpenReaders);
        Bits.AssertSame(
            Start.LogDensities(VectorSource.From((ReadOnlyMemory<double>)Rows, 2)), Start.LogDensities(source), "log-densities");
    }

    [Fact]
    public void Fit_BatchSize_BoundsWhatASourceIsAskedFor()
    {
        ScriptedSource source = new(2, _ => Rows);
        GaussianMixtureModeling estimator = new(
            1, 3, new GmmOptions { Stopping = new() { Iterations = 2 }, Execution = new ExecutionOptions { BatchSize = 10 } });
        estimator.SetParameters(Start);
        estimator.Fit(source);
        Assert.Equal(10, source.MostAsked);
    }

    [Fact]
    public void Scores_SourceThatTellsAnotherCount_Throw()
    {
        foreach (long told in (long[])[1499, 1501, 0])
        {
            ScriptedSource source = new(2, _ => Rows) { RowCount = told };
            Assert.Throws<VectorDataException>(() => Start.LogDensities(source));
            Assert.Throws<VectorDataException>(() => Start.Posteriors(source));
            Assert.Throws<VectorDataException>(() => Start.Labels(source));
        }
    }

    [Fact]
    public void Fit_BatchOfAnotherWidth_Throws()
    {
        BatchVectorSource source = new(2, () => [new double[3, 2], new double[3, 3]]);
        Assert.Throws<VectorDataException>(() => new GaussianMixtureModeling(1, 1).Fit(source));
    }

    private static GmmFitResult Train(IVectorSource source, InitializationMethod method)
    {
        GaussianMixtureModeling estimator = new(
            1, 3, new GmmOptions { Stopping = new() { Iterations = 3, Tolerance = 0 }, Execution = new ExecutionOptions { Threads = 2 } });
        estimator.Initialize(source, method);
        return estimator.Fit(source);
    }
}

using System.Globalization;
using GmmNative.Interop;
using GmmNative.Tests.Support;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Tests.Estimation;

/// <summary>The choice of K and of the kind of covariances.</summary>
public sealed class ModelSelectionTests
{
    /// <summary>The kinds in the order of the columns of mclust.csv.</summary>
    private static readonly CovarianceKind[] Kinds =
    [
        CovarianceKind.TiedSpherical, CovarianceKind.Spherical, CovarianceKind.TiedDiagonal, CovarianceKind.Diagonal, CovarianceKind.Tied,
        CovarianceKind.Full,
    ];

    public static TheoryData<BackendKind> Backends => [.. TestBackends.Kinds];

    [Theory]
    [Trait("Category", "Reference")]
    [MemberData(nameof(Backends))]
    public void Fit_OldFaithful_ChoosesAsMclust(BackendKind backend)
    {
        GmmOptions options = OptionsOf(backend);
        using IVectorSource rows = Open("faithful");
        ModelSelectionResult result = new ModelSelection(Enumerable.Range(1, 5), options: options).Fit(rows);
        Assert.Equal((3, CovarianceKind.Tied), (result.Best!.Components, result.Best.Covariance));
        ModelSelectionRow icl = result.Rows.MinBy(row => row.Criteria!.Icl)!;
        Assert.Equal((2, CovarianceKind.Full), (icl.Components, icl.Covariance));
        Assert.Equal(result.Best.Criteria, result.Model!.TrainingCriteria);
        Assert.Equal(result.Model.Criteria(rows).Bic, result.Best.Criteria!.Bic, 1e-8);
        Assert.Equal(["eruptions", "waiting"], result.Model.Columns!);
    }

    [Theory]
    [Trait("Category", "Reference")]
    [Trait("Lane", "Slow")]
    [InlineData("faithful", 3, CovarianceKind.Tied)]
    [InlineData("iris", 2, CovarianceKind.Full)]
    [InlineData("wine", 4, CovarianceKind.Diagonal)]
    public void Fit_DataOfMclust_FindsModelsAsLikely(string data, int components, CovarianceKind kind)
    {
        using IVectorSource rows = Open(data);
        ModelSelectionResult result = new ModelSelection(Enumerable.Range(1, 9), Kinds).Fit(rows);
        Assert.Equal((components, kind), (result.Best!.Components, result.Best.Covariance));
        List<string> worse = [];
        foreach (string[] line in File.ReadLines(TestSupport.TestData.Path("selection", "mclust.csv")).Skip(1)
            .Select(text => text.Split(',')).Where(fields => fields[0] == data))
        {
            int k = int.Parse(line[1], CultureInfo.InvariantCulture);
            for (int i = 0; i < Kinds.Length; i++)
            {
                ModelSelectionRow row = Assert.Single(result.Rows, row => row.Components == k && row.Covariance == Kinds[i]);
                if (line[2 + i] != "NA" && !(-row.Criteria!.Bic > double.Parse(line[2 + i], CultureInfo.InvariantCulture) - 0.5))
                {
                    worse.Add($"{k} {Kinds[i]}: {-row.Criteria.Bic:F2}, mclust {line[2 + i]}");
                }
            }
        }

        // Other optima than mclust's in at most two of 54 cells, never in the chosen one.
        Assert.True(worse.Count <= 2, string.Join("; ", worse));
    }

    [Theory]
    [InlineData(Precision.Double)]
    [InlineData(Precision.Single)]
    public void Fit_AnyThreads_GivesTheSameBits(Precision precision)
    {
        double[] rows = Blobs(300, 3);
        ModelSelectionResult one = Select(1);
        ModelSelectionResult four = Select(4);
        Bits.AssertSame(one.Model!, four.Model!, "four threads");
        Assert.Equal(one.Rows.Select(Facts), four.Rows.Select(Facts));

        ModelSelectionResult Select(int threads)
        {
            GmmOptions options = new() { Execution = new ExecutionOptions { Threads = threads, Precision = precision } };
            CovarianceKind[] kinds = [CovarianceKind.Full, CovarianceKind.Spherical];
            return new ModelSelection([1, 2, 3, 4], kinds, options) { Folds = 3 }.Fit(VectorSource.From(rows, 2));
        }
    }

    [Fact]
    public void Fit_ManyRows_GivesTheSameBitsForAnyThreads()
    {
        // So many rows that all threads work on one training.
        double[] rows = Blobs(40_000, 3);
        Bits.AssertSame(Select(1), Select(2), "two threads");

        GaussianMixture Select(int threads) => new ModelSelection([2, 3], [CovarianceKind.Diagonal], new GmmOptions
        {
            Start = new() { Method = InitializationMethod.KMeansPlusPlus },
            Stopping = new() { Iterations = 5 },
            Execution = new ExecutionOptions { Threads = threads },
        }).Fit(VectorSource.From(rows, 2)).Model!;
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public void Fit_IntegerWeights_EqualRepeatedRows(BackendKind backend)
    {
        double[] rows = Blobs(60, 2);
        double[] weights = [.. Enumerable.Range(0, 60).Select(t => (double)(t % 3))];
        double[] repeated = [.. Enumerable.Range(0, 60)
            .SelectMany(t => Enumerable.Repeat(rows[(2 * t)..((2 * t) + 2)], t % 3)).SelectMany(row => row)];
        ModelSelection selection = new([1, 2], [CovarianceKind.Full, CovarianceKind.TiedDiagonal], OptionsOf(backend));
        ModelSelectionResult weighted = selection.Fit(VectorSource.From(rows, 2).WithRowWeights(weights));
        ModelSelectionResult plain = selection.Fit(VectorSource.From(repeated, 2));
        Assert.Equal(plain.TotalWeight, weighted.TotalWeight);
        for (int i = 0; i < plain.Rows.Count; i++)
        {
            Assert.Equal(plain.Rows[i].Criteria!.Bic, weighted.Rows[i].Criteria!.Bic, 1e-3);
            Assert.Equal(plain.Rows[i].Criteria!.Icl, weighted.Rows[i].Criteria!.Icl, 1e-2);
        }
    }

    [Fact]
    public void Fit_Folds_AreBlocksAndScoreRowsUnderModelsWithoutThem()
    {
        double[] rows = Blobs(90, 2);
        ModelSelectionResult result = new ModelSelection([1], [CovarianceKind.Full])
        {
            Criterion = SelectionCriterion.HeldOut,
            Folds = 4,
        }.Fit(VectorSource.From(rows, 2));
        double sum = 0;
        for (int fold = 0; fold < 4; fold++)
        {
            (int first, int next) = (90 * fold / 4, 90 * (fold + 1) / 4);
            double[] block = rows[(2 * first)..(2 * next)];
            double[] others = [.. rows[..(2 * first)], .. rows[(2 * next)..]];
            GaussianMixture model = new GaussianMixtureTrainer(1, new() { Covariance = new() { Kind = CovarianceKind.Full } })
                .Fit(others, 2).Model;
            sum += model.LogDensities(VectorSource.From(block, 2)).Sum();
        }

        Assert.Equal(sum / 90, result.Best!.HeldOutLogLikelihood!.Value, 1e-10);
    }

    [Fact]
    public void Fit_HeldOutRows_AreScoredByNameAndWeight()
    {
        double[] rows = Blobs(90, 2);
        double[] other = Blobs(30, 2, seed: 7);
        double[] weights = [.. Enumerable.Range(0, 30).Select(t => t % 2 == 0 ? 2.0 : 0.5)];
        ModelSelectionResult result = new ModelSelection([1, 2], [CovarianceKind.Diagonal]) { Criterion = SelectionCriterion.HeldOut }
            .Fit(VectorSource.From(rows, 2), VectorSource.From(other, 2).WithRowWeights(weights));
        double[] logDensities = result.Model!.LogDensities(VectorSource.From(other, 2));
        Assert.Equal(
            logDensities.Zip(weights, (density, weight) => density * weight).Sum() / weights.Sum(),
            result.Best!.HeldOutLogLikelihood!.Value, 1e-10);
    }

    [Fact]
    public void Fit_CollapsedComponents_AreNotChosen()
    {
        // Forty equal rows: a component of them has the likelihood of the variance floor.
        double[] rows = [.. Blobs(60, 1), .. Enumerable.Repeat(0.5, 2 * 40)];
        ModelSelection selection = new([1, 2], [CovarianceKind.Full]);
        ModelSelectionResult result = selection.Fit(VectorSource.From(rows, 2));
        Assert.Equal(1, result.Best!.Components);
        Assert.Contains("variance floor in component", result.Rows[1].Problem, StringComparison.Ordinal);
        Assert.NotNull(result.Rows[1].Criteria);
        ModelSelectionResult accepting = new ModelSelection([1, 2], [CovarianceKind.Full]) { AcceptsFlooredModels = true }
            .Fit(VectorSource.From(rows, 2));
        Assert.Equal(2, accepting.Best!.Components);
    }

    [Fact]
    public void Fit_RowsThatFail_HaveAReason()
    {
        double[] rows = [0, 0, 1, 0, 0, 1, 1, 1];
        ModelSelectionResult result = new ModelSelection([1, 5], [CovarianceKind.Full, CovarianceKind.Diagonal])
            .Fit(VectorSource.From(rows, 2));
        Assert.Equal(1, result.Best!.Components);
        Assert.All(
            result.Rows.Where(row => row.Components == 5),
            row => Assert.Equal("too few rows: 5 components, but only 4 rows", row.Problem));

        // A constant column with a variance floor of 0.
        double[] constant = [1, 0, 2, 0, 3, 0];
        GmmOptions options = new() { Covariance = new() { VarianceFloor = 0 } };
        result = new ModelSelection([1], [CovarianceKind.Full], options).Fit(VectorSource.From(constant, 2));
        Assert.Null(result.Best);
        Assert.Null(result.Model);
        Assert.Contains("covariance", Assert.Single(result.Rows).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_Canceled_KeepsCompleteRows()
    {
        double[] rows = Blobs(200, 3);
        ModelSelection selection = new([1, 2, 3, 4], [CovarianceKind.Full], new() { Execution = new ExecutionOptions { Threads = 1 } });
        using CancellationTokenSource source = new();
        List<ModelSelectionRow> seen = [];
        ModelSelectionResult result = selection.Fit(
            VectorSource.From(rows, 2), null, new Tap(row =>
            {
                seen.Add(row);
                if (row.Components == 2)
                {
                    source.Cancel();
                }
            }), source.Token);
        Assert.True(result.IsCancelled);
        Assert.Equal([1, 2], result.Rows.Select(row => row.Components));
        Assert.NotNull(result.Model);
        Assert.All(seen, row => Assert.Equal(row.Components, row.Model!.ComponentCount));
        Assert.Throws<OperationCanceledException>(
            () => selection.Fit(VectorSource.From(rows, 2), cancellationToken: new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Fit_SequentialSource_EqualsRandomAccess()
    {
        double[] rows = Blobs(120, 2);
        ModelSelection selection = new([1, 2], [CovarianceKind.Full]) { Folds = 2 };
        using IVectorSource sequential = new Sequential(VectorSource.From(rows, 2));
        ModelSelectionResult slow = selection.Fit(sequential);
        ModelSelectionResult fast = selection.Fit(VectorSource.From(rows, 2));
        Bits.AssertSame(fast.Model!, slow.Model!, "a sequential source");
        Assert.Equal(fast.Rows.Select(Facts), slow.Rows.Select(Facts));
    }

    [Fact]
    public void Constructor_WrongGrid_Throws()
    {
        AssertWrong("at least one number of components", () => new ModelSelection([]));
        AssertWrong("must be at least 1, not 0", () => new ModelSelection([0, 1]));
        AssertWrong("at least one number of components", () => new ModelSelection([1], []));
        AssertWrong("is not a kind", () => new ModelSelection([1], [(CovarianceKind)99]));
        AssertWrong("at least 2, or 0 for none, not 1", () => new ModelSelection([1]) { Folds = 1 });
        AssertWrong("is not a criterion", () => new ModelSelection([1]) { Criterion = (SelectionCriterion)9 });
        GmmOptions frozen = new() { Update = new() { Frozen = MixtureParameters.Means } };
        AssertWrong("cannot use a background model", () => new ModelSelection([1], null, frozen));
        AssertWrong("weight floor", () => new ModelSelection([1, 20], null, new() { Update = new() { WeightFloor = 0.1 } }));
        AssertWrong("use one of them", () => new ModelSelection([1]) { Folds = 2 }.Fit(
            VectorSource.From(Blobs(9, 1), 2), VectorSource.From(Blobs(9, 1), 2)));
        VectorDataException few = Assert.Throws<VectorDataException>(
            () => new ModelSelection([1]) { Folds = 9 }.Fit(VectorSource.From(Blobs(5, 1), 2)));
        Assert.Contains("9 folds need at least 9 rows, but there are 5", few.Message, StringComparison.Ordinal);
        VectorDataException other = Assert.Throws<VectorDataException>(
            () => new ModelSelection([1]).Fit(VectorSource.From(Blobs(9, 1), 2), VectorSource.From(new double[9], 3)));
        Assert.Contains("dimension 3", other.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_BlockSizes_ApplyToDiagonalAndFull()
    {
        double[] rows = [.. Blobs(80, 2)];
        GmmOptions options = new() { Covariance = new() { BlockSizes = [1, 1] } };
        ModelSelectionResult result = new ModelSelection([1], [CovarianceKind.Full, CovarianceKind.Spherical], options)
            .Fit(VectorSource.From(rows, 2));

        // Two blocks of one are variances: K - 1 weights, two means, two variances.
        Assert.Equal([4L, 3L], result.Rows.Select(row => row.Criteria!.Parameters));
    }

    private static void AssertWrong(string message, Func<object> make) =>
        Assert.Contains(message, Assert.ThrowsAny<ArgumentException>(make).Message, StringComparison.Ordinal);

    private static GmmOptions OptionsOf(BackendKind backend) => ModelSelection.DefaultOptions with
    {
        Execution = new ExecutionOptions { Backend = TestBackends.Get(backend), Threads = 2 },
    };

    private static IVectorSource Open(string data) => VectorFile.Open(data == "faithful"
        ? Path.Combine(TestSupport.TestData.Root, "samples", "data", "faithful.csv")
        : TestSupport.TestData.Path("selection", $"{data}.csv"));

    private static object Facts(ModelSelectionRow row) =>
        (row.Components, row.Covariance, row.Criteria, row.HeldOutLogLikelihood, row.Iterations, row.Problem);

    /// <summary>Rows of two coordinates about <paramref name="count"/> centers on a line.</summary>
    private static double[] Blobs(int rows, int count, int seed = 3)
    {
        Random random = new(seed);
        double[] values = new double[2 * rows];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (6.0 * (i / 2 % count)) + random.NextDouble() + random.NextDouble() + random.NextDouble();
        }

        return values;
    }

    private sealed class Tap(Action<ModelSelectionRow> action) : IProgress<ModelSelectionRow>
    {
        public void Report(ModelSelectionRow value) => action(value);
    }

    /// <summary>A source that can only be read from the start.</summary>
    private sealed class Sequential(IVectorSource source) : IVectorSource
    {
        public int Dimension => source.Dimension;

        public long? RowCount => null;

        public IVectorReader OpenReader() => source.OpenReader();

        public void Dispose() => source.Dispose();
    }
}

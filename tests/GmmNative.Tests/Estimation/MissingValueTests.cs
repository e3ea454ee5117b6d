using GmmNative.Interop;
using GmmNative.Tests.Support;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Tests.Estimation;

/// <summary>EM over rows with missing values: every structure on every backend, weights, threads, starts and priors.</summary>
public class MissingValueTests
{
    private const int Dimension = 6;
    private const int Components = 3;

    public static TheoryData<string, BackendKind> Cases
    {
        get
        {
            TheoryData<string, BackendKind> data = [];
            foreach (BackendKind backend in TestBackends.Kinds)
            {
                foreach (string structure in Structures.All)
                {
                    data.Add(structure, backend);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Fit_OneIteration_AgreesWithDefinition(string structure, BackendKind backend)
    {
        (GaussianMixture model, double[] rows) = Problem(structure, 9000);
        (GaussianMixture expected, double logLikelihood) = new NaiveMissing(model).Step(rows);
        foreach (NumericalPath path in Enum.GetValues<NumericalPath>())
        {
            GmmFitResult result = Fit(Incomplete(rows), model, 1, new() { Backend = TestBackends.Get(backend), Path = path });
            Assert.Equal(1, result.TotalLogLikelihood / logLikelihood, 1e-11);
            AssertNear(expected, result.Model, 1e-10);
            Assert.Equal(CountIncomplete(rows), result.Diagnostics.IncompleteRows);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Fit_Iterations_RaiseTheLogLikelihood(string structure, BackendKind backend)
    {
        (GaussianMixture model, double[] rows) = Problem(structure, 700);
        GmmFitResult result = Fit(Incomplete(rows), model, 30, new() { Backend = TestBackends.Get(backend) });
        double[] history = [.. result.History.Select(iteration => iteration.AverageLogLikelihood)];
        for (int i = 1; i < history.Length; i++)
        {
            // 1e-12 is a few thousand roundings of the average.
            Assert.True(history[i] >= history[i - 1] - 1e-12, $"iteration {i + 1}: {history[i]:R} after {history[i - 1]:R}");
        }

        Assert.True(history[^1] > history[0]);
    }

    [Theory]
    [InlineData("full", Precision.Double)]
    [InlineData("full", Precision.Single)]
    [InlineData("diagonal", Precision.Double)]
    [InlineData("tied", Precision.Double)]
    public void Fit_AnyThreadsAndBatches_GivesTheSameBits(string structure, Precision precision)
    {
        (GaussianMixture model, double[] rows) = Problem(structure, 9000);
        ExecutionOptions one = new() { Backend = Backends.Managed, Threads = 1, Precision = precision };
        GmmFitResult expected = Fit(Incomplete(rows), model, 3, one);
        GmmFitResult actual = Fit(Incomplete(rows), model, 3, one with { Threads = 3, BatchSize = 77 });
        Bits.AssertSame(expected.Model, actual.Model, structure);
        Assert.Equal(expected.TotalLogLikelihood, actual.TotalLogLikelihood);
    }

    [Theory]
    [InlineData("full")]
    [InlineData("diagonal")]
    public void Fit_NoValueIsMissing_GivesTheSameBits(string structure)
    {
        (GaussianMixture model, _) = Problem(structure, 10);
        double[] rows = RandomMixtures.Rows(new Random(4), model, 2000);
        foreach (BackendKind backend in TestBackends.Kinds)
        {
            ExecutionOptions execution = new() { Backend = TestBackends.Get(backend) };
            GmmFitResult expected = Fit(VectorSource.From((ReadOnlyMemory<double>)rows, Dimension), model, 3, execution);
            foreach (MissingValues policy in (MissingValues[])[MissingValues.Marginalize, MissingValues.Drop])
            {
                IVectorSource source = VectorSource.From((ReadOnlyMemory<double>)rows, Dimension).WithMissingValues(policy);
                GmmFitResult actual = Fit(source, model, 3, execution);
                Bits.AssertSame(expected.Model, actual.Model, $"{policy}");
                Assert.Equal(0, actual.Diagnostics.IncompleteRows);
                Bits.AssertSame(model.LogDensities(rows, Dimension, execution), model.LogDensities(source, execution), $"{policy}");
            }
        }
    }

    [Theory]
    [InlineData("full")]
    [InlineData("equalBlocks")]
    [InlineData("spherical")]
    [InlineData("tied")]
    public void Fit_IntegerWeights_CountAsRepeatedRows(string structure)
    {
        (GaussianMixture model, double[] rows) = Problem(structure, 600);
        double[] weights = [.. Enumerable.Range(0, 600).Select(t => (double)(t % 3))];
        double[] repeated = [.. Enumerable.Range(0, 600).SelectMany(t => Enumerable.Repeat(t, t % 3)).SelectMany(Row)];
        double[] Row(int t) => rows.AsSpan(t * Dimension, Dimension).ToArray();
        ExecutionOptions execution = new() { Backend = Backends.Managed };
        GmmFitResult expected = Fit(Incomplete(repeated), model, 5, execution);
        GmmFitResult actual = Fit(Incomplete(rows).WithRowWeights(weights), model, 5, execution);
        AssertNear(expected.Model, actual.Model, 1e-12);
        Assert.Equal(1, expected.TotalLogLikelihood / actual.TotalLogLikelihood, 1e-12);
        Assert.Equal(600, actual.TotalWeight);
    }

    [Fact]
    public void Fit_Drop_UsesTheCompleteRows()
    {
        (GaussianMixture model, double[] rows) = Problem("full", 800);
        double[] weights = [.. Enumerable.Range(0, 800).Select(t => 1.0 + (t % 2))];
        int[] complete = [.. Enumerable.Range(0, 800).Where(t => !rows.AsSpan(t * Dimension, Dimension).Contains(double.NaN))];
        double[] kept = [.. complete.SelectMany(t => rows.AsSpan(t * Dimension, Dimension).ToArray())];
        ExecutionOptions execution = new() { Backend = Backends.Managed };
        GmmFitResult expected = Fit(
            VectorSource.From((ReadOnlyMemory<double>)kept, Dimension).WithRowWeights(complete.Select(t => weights[t]).ToArray()), model, 3,
            execution);
        GmmFitResult actual = Fit(
            VectorSource.From((ReadOnlyMemory<double>)rows, Dimension).WithRowWeights(weights).WithMissingValues(MissingValues.Drop), model,
            3, execution);
        Bits.AssertSame(expected.Model, actual.Model, "drop");
        Assert.Equal(800, actual.RowCount);
        Assert.Equal(expected.TotalWeight, actual.TotalWeight);
        Assert.Equal(800 - complete.Length, actual.Diagnostics.IncompleteRows);
    }

    [Theory]
    [InlineData(InitializationMethod.LindeBuzoGray)]
    [InlineData(InitializationMethod.KMeansPlusPlus)]
    [InlineData(InitializationMethod.KMeans)]
    [InlineData(InitializationMethod.Random)]
    [InlineData(InitializationMethod.Auto)]
    public void Fit_AnyStart_FindsSeparateClusters(InitializationMethod method)
    {
        double[] rows = Clusters(900, out double[] centers);
        GmmOptions options = new()
        {
            MissingValues = MissingValues.Marginalize,
            Start = new() { Method = method, Seed = 1 },
            Execution = new() { Backend = Backends.Managed },
        };
        GaussianMixture model = new GaussianMixtureTrainer(3, options).Fit(rows, Dimension).Model;
        int[] order = [.. Enumerable.Range(0, 3).OrderBy(k => model.Mean(k)[0])];
        for (int k = 0; k < 3; k++)
        {
            // 300 rows of deviation 1 with a fifth of the values missing: the mean has a standard error of 0.065.
            Assert.Equal(centers[k], model.Mean(order[k])[0], 0.4);
            Assert.Equal(1, model.CovarianceAt(order[k], 1, 1), 0.4);
        }
    }

    [Fact]
    public void Fit_GivenPosteriors_StartsFromObservedMeans()
    {
        double[,] rows = { { 1, double.NaN }, { 3, 4 }, { double.NaN, 6 }, { 11, 10 }, { 13, double.NaN }, { 12, 13 }, { 11, 12 } };
        double[,] posteriors = { { 1, 0 }, { 1, 0 }, { 1, 0 }, { 0, 1 }, { 0, 1 }, { 0, 1 }, { 0, 1 } };
        GmmOptions options = new()
        {
            MissingValues = MissingValues.Marginalize,
            Start = new() { Posteriors = posteriors },
            Stopping = new() { Iterations = 1 },
            Update = new() { Frozen = MixtureParameters.Means | MixtureParameters.Weights },
        };
        GaussianMixture model = new GaussianMixtureTrainer(2, options).Fit(rows).Model;
        Assert.True(Near.RelativeError([2, 5, 11.75, 35.0 / 3], model.Means.Span, 1) < 1e-12);
        Assert.Equal(3.0 / 7, model.Weights.Span[0], 1e-12);
    }

    [Fact]
    public void Fit_Variational_RaisesTheBound()
    {
        (_, double[] rows) = Problem("full", 500);
        List<double> bounds = [];
        for (int iterations = 1; iterations <= 12; iterations++)
        {
            GmmOptions options = new()
            {
                Covariance = new() { Kind = CovarianceKind.Full },
                MissingValues = MissingValues.Marginalize,
                Start = new() { Method = InitializationMethod.KMeansPlusPlus, Seed = 3 },
                Stopping = new() { Iterations = iterations, Tolerance = 0 },
                Prior = new() { Variational = new() },
                Execution = new() { Backend = Backends.Managed },
            };
            bounds.Add(new GaussianMixtureTrainer(Components, options).Fit(rows, Dimension).LowerBound!.Value);
        }

        for (int i = 1; i < bounds.Count; i++)
        {
            Assert.True(bounds[i] >= bounds[i - 1] - 1e-9, $"iteration {i + 1}: {bounds[i]:R} after {bounds[i - 1]:R}");
        }
    }

    [Fact]
    public void Fit_AlphaPrior_RaisesTheObjective()
    {
        (GaussianMixture model, double[] rows) = Problem("full", 400);
        GmmOptions options = new()
        {
            Covariance = new() { Kind = CovarianceKind.Full },
            MissingValues = MissingValues.Marginalize,
            Prior = new() { Ubm = model, Alpha = 0.9 },
            Stopping = new() { Iterations = 20, Tolerance = 0 },
            Execution = new() { Backend = Backends.Managed },
        };
        Assert.NotEqual(StopReason.Fell, new GaussianMixtureTrainer(Components, options).Fit(rows, Dimension).StopReason);
    }

    [Fact]
    public void Select_MissingValues_FindsTheClusters()
    {
        double[] rows = Clusters(600, out _);
        foreach (MissingValues policy in (MissingValues[])[MissingValues.Marginalize, MissingValues.Drop])
        {
            ModelSelection selection = new(
                [1, 2, 3, 4], [CovarianceKind.Diagonal],
                ModelSelection.DefaultOptions with { MissingValues = policy, Execution = new() { Backend = Backends.Managed } })
            {
                Folds = 3,
            };
            ModelSelectionResult result = selection.Fit(VectorSource.From((ReadOnlyMemory<double>)rows, Dimension));
            Assert.Equal(3, result.Model!.ComponentCount);
            Assert.All(result.Rows, row => Assert.True(double.IsFinite(row.HeldOutLogLikelihood!.Value)));
        }
    }

    [Fact]
    public void Fit_MissingValueWithoutPolicy_IsAnError()
    {
        double[,] rows = { { 1, 2 }, { 3, double.NaN } };
        VectorDataException error = Assert.Throws<VectorDataException>(() => new GaussianMixtureTrainer(1).Fit(rows));
        Assert.Equal("row 2, column 2 is not a number (NaN): remove the row or replace the value.", error.Message);
    }

    [Theory]
    [InlineData(MissingValues.Marginalize, "Every value of column 2 is missing: leave out the column, or provide a value.")]
    [InlineData(
        MissingValues.Drop,
        "Every row has a missing value, so no row remains: integrate missing values out instead of dropping rows.")]
    public void Fit_ColumnWithoutValues_IsAnError(MissingValues policy, string message)
    {
        double[,] rows = { { 1, double.NaN }, { 3, double.NaN } };
        GaussianMixtureTrainer trainer = new(1, new GmmOptions { MissingValues = policy });
        Assert.Equal(message, Assert.Throws<VectorDataException>(() => trainer.Fit(rows)).Message);
    }

    [Fact]
    public void Fit_InfiniteValue_IsAnError()
    {
        double[,] rows = { { 1, double.NaN }, { 3, 4 }, { double.PositiveInfinity, 2 } };
        GaussianMixtureTrainer trainer = new(1, new GmmOptions { MissingValues = MissingValues.Marginalize });
        string message = Assert.Throws<VectorDataException>(() => trainer.Fit(rows)).Message;
        Assert.StartsWith("row 3, column 1 is infinite", message, StringComparison.Ordinal);
    }

    /// <summary>Rows with an offset of a million standard deviations: the observed values lose no digits.</summary>
    [Fact]
    public void Fit_DistantData_KeepsItsDigits()
    {
        const double Offset = 1e6;
        (GaussianMixture model, double[] rows) = Problem("full", 500);
        double[] moved = [.. rows.Select(value => value + Offset)];
        GaussianMixture start = new(
            model.Structure, model.Weights.Span, [.. model.Means.ToArray().Select(value => value + Offset)], model.Covariances.Span);
        ExecutionOptions execution = new() { Backend = Backends.Managed };
        GaussianMixture expected = Fit(Incomplete(rows), model, 3, execution).Model;
        GaussianMixture actual = Fit(Incomplete(moved), start, 3, execution).Model;

        // Rounding of the rows themselves: 1e6 * 2^-53 = 1e-10.
        Assert.True(Near.RelativeError(expected.Covariances.Span, actual.Covariances.Span, 1e-1) < 1e-8);
    }

    private static GmmFitResult Fit(IVectorSource rows, GaussianMixture start, int iterations, ExecutionOptions execution)
    {
        GmmOptions options = new()
        {
            Covariance = new() { Kind = start.Structure.Kind, BlockSizes = start.Structure.BlockSizes, VarianceFloor = 0 },
            Stopping = new() { Iterations = iterations, Tolerance = 0 },
            Update = new() { WeightFloor = 0 },
            Execution = execution,
        };
        return new GaussianMixtureTrainer(start.ComponentCount, options).Fit(rows, start);
    }

    private static IVectorSource Incomplete(double[] rows) =>
        VectorSource.From((ReadOnlyMemory<double>)rows, Dimension).WithMissingValues(MissingValues.Marginalize);

    /// <summary>Complete rows, two frequent patterns, random patterns, and a few rows without values.</summary>
    private static (GaussianMixture Model, double[] Rows) Problem(string structure, int count)
    {
        Random random = new(17);
        GaussianMixture model = RandomMixtures.Model(random, Structures.Make(structure, Dimension), Components);
        double[] rows = RandomMixtures.Rows(random, model, count);
        for (int t = 0; t < count; t++)
        {
            Span<double> row = rows.AsSpan(t * Dimension, Dimension);
            switch (random.Next(5))
            {
                case 0:
                    row[1] = double.NaN;
                    break;
                case 1:
                    row[2..].Fill(double.NaN);
                    break;
                case 2:
                    foreach (ref double value in row)
                    {
                        value = random.Next(2) == 0 ? double.NaN : value;
                    }

                    break;
                default:
                    break;
            }
        }

        return (model, rows);
    }

    private static double[] Clusters(int count, out double[] centers)
    {
        centers = [-8, 0, 9];
        Random random = new(5);
        double[] rows = new double[count * Dimension];
        for (int i = 0; i < rows.Length; i++)
        {
            double center = centers[i / Dimension % 3] * (i % Dimension % 2 == 0 ? 1 : -1);
            rows[i] = random.Next(5) == 0 ? double.NaN : center + RandomMixtures.Normal(random);
        }

        return rows;
    }

    private static long CountIncomplete(double[] rows) => Enumerable.Range(0, rows.Length / Dimension)
        .Count(t => rows.AsSpan(t * Dimension, Dimension).Contains(double.NaN));

    private static void AssertNear(GaussianMixture expected, GaussianMixture actual, double tolerance)
    {
        Assert.True(Near.RelativeError(expected.Weights.Span, actual.Weights.Span, 1e-3) < tolerance, "weights");
        Assert.True(Near.RelativeError(expected.Means.Span, actual.Means.Span, 1) < tolerance, "means");
        Assert.True(Near.RelativeError(expected.Covariances.Span, actual.Covariances.Span, 1e-1) < tolerance, "covariances");
    }
}

using GmmNative.Expectation;
using GmmNative.Passes;
using GmmNative.Tests.Support;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Tests.Expectation;

/// <summary>
/// Scores and one EM step against the naive 31-digit computation, at odd sizes, on every backend, in both precisions, on every path.
/// </summary>
[Trait("Category", "Reference")]
public sealed class NaiveReferenceTests
{
    /// <summary>Structure, D, K, T.</summary>
    public static TheoryData<string, int, int, int> OddSizes
    {
        get
        {
            TheoryData<string, int, int, int> data = [];
            int[] dimensions = [1, 2, 3, 5, 7, 8, 9, 17, 33, 65];
            int[] components = [1, 2, 3, 5, 8, 9, 16, 17];
            int turn = 0;
            foreach (string structure in Structures.All)
            {
                foreach (int dimension in dimensions)
                {
                    // Every K meets small and large D in some structure; rows enough for covariances where that is cheap.
                    int count = dimension > 30 ? components[turn % 3] : components[turn % components.Length];
                    turn++;
                    int rows = dimension > 30 ? dimension / 2 : (5 * count) + (2 * dimension);
                    data.Add(structure, dimension, count, rows);
                }
            }

            return data;
        }
    }

    /// <summary>Numbers of rows where chunks and groups begin and end.</summary>
    public static TheoryData<string, int, int, int> RowsAroundChunks
    {
        get
        {
            TheoryData<string, int, int, int> data = [];
            foreach ((string structure, int dimension, int components) in (
                ReadOnlySpan<(string, int, int)>)[("diagonal", 2, 3), ("full", 3, 2)])
            {
                LiftedLayout layout = new(Structures.Make(structure, dimension));
                ChunkGeometry geometry = ChunkGeometry.For(layout.Features + components);
                int chunk = geometry.ChunkRows;
                foreach (int rows in (
                    int[])[.. ((int[])[1, 63, 64, 65, chunk - 1, chunk, chunk + 1, geometry.GroupRows, geometry.GroupRows + 1]).Distinct()])
                {
                    data.Add(structure, dimension, components, rows);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(OddSizes))]
    [MemberData(nameof(RowsAroundChunks))]
    public void Scores_OfRandomMixture_AreThoseOfTheDefinition(string structure, int dimension, int components, int rows)
    {
        Random random = new((dimension * 1000) + components);
        GaussianMixture model = RandomMixtures.Model(random, Structures.Make(structure, dimension), components, offset: 3);
        double[] x = RandomMixtures.Rows(random, model, rows);
        NaiveExpectation expected = new NaiveMixture(model).Expect(x);
        double[,] bounds = Bounds(model, x, RoundingBound.MiddleOf(model));
        IVectorSource source = VectorSource.From((ReadOnlyMemory<double>)x, dimension);
        foreach (ExecutionOptions execution in Executions.All)
        {
            string what = Executions.Describe(execution);
            double epsilon = Executions.Epsilon(execution.Precision);
            double smallest = execution.Precision == Precision.Single ? 1e-30 : 1e-288;
            double[] densities = model.LogDensities(source, execution);
            double[,] posteriors = model.Posteriors(source, execution);
            int[] labels = model.Labels(source, execution);
            for (int t = 0; t < rows; t++)
            {
                // To first order the error of log sum exp is the average of the terms' errors under the posterior.
                ReadOnlySpan<DoubleDouble> exact = expected.PosteriorsOf(t);
                double average = 0;
                for (int k = 0; k < components; k++)
                {
                    average += exact[k].High * bounds[t, k] * epsilon;
                }

                AssertWithin(expected.LogDensities[t], densities[t], 2 * average, $"{what}: log-density of row {t}");
                double best = 0;
                for (int k = 0; k < components; k++)
                {
                    // A relative error of the share for each error in its exponent; shares below the range of exponentials are zero.
                    double allowed = (2 * exact[k].High * ((bounds[t, k] * epsilon) + average + (8 * epsilon))) + smallest;
                    AssertWithin(exact[k], posteriors[t, k], allowed, $"{what}: posterior {k} of row {t}");
                    best = Math.Max(best, posteriors[t, k]);
                }

                Assert.Equal(best, posteriors[t, labels[t]]);
            }
        }
    }

    [Theory]
    [MemberData(nameof(OddSizes))]
    [MemberData(nameof(RowsAroundChunks))]
    public void Fit_OneIteration_IsThatOfTheDefinition(string structure, int dimension, int components, int rows)
    {
        Random random = new((dimension * 1000) + components + 1);
        CovarianceStructure shape = Structures.Make(structure, dimension);
        GaussianMixture start = RandomMixtures.Model(random, shape, components, offset: -2);
        GaussianMixture ubm = RandomMixtures.Model(random, shape, components, offset: -2);
        double[] x = RandomMixtures.Rows(random, start, rows);
        NaiveMixture naive = new(start);
        NaiveExpectation expectation = naive.Expect(x);
        double[] middle = RoundingBound.MiddleOf(x, dimension);
        double[,] bounds = Bounds(start, x, middle);
        double[] reach = Reach(x, middle, start, ubm);
        GmmOptions plain = new()
        {
            Covariance = new() { Kind = shape.Kind, BlockSizes = shape.BlockSizes },
            Stopping = new() { Iterations = 1 },
            Update = new() { WeightFloor = 0 },
        };
        GmmOptions floored = plain with
        {
            Covariance = plain.Covariance with { VarianceFloor = 0.9 },
            Update = plain.Update with { WeightFloor = 0.7 / components },
        };
        GmmOptions adapted = plain with { Prior = plain.Prior with { Ubm = ubm, Alpha = 0.6 } };

        // Where there are many rows it is their number that is tested.
        foreach (GmmOptions options in rows > 400 ? (IEnumerable<GmmOptions>)[plain] : [plain, floored, adapted])
        {
            GaussianMixture? prior = options.Prior.Alpha > 0 ? ubm : null;
            double floor = options.Covariance.VarianceFloor;
            NaiveUpdate expected = naive.Update(
                x, expectation, options.Update.WeightFloor!.Value, floor, prior, options.Prior.Alpha);
            foreach (ExecutionOptions execution in Executions.All)
            {
                GaussianMixtureModeling estimator = new(dimension - 1, components, options with { Execution = execution });
                estimator.SetParameters(start);
                GmmFitResult result = estimator.Fit(VectorSource.From((ReadOnlyMemory<double>)x, dimension));

                string what = $"{Executions.Describe(execution)}, alpha {options.Prior.Alpha}, floor {floor}";
                double epsilon = Executions.Epsilon(execution.Precision);
                double worst = bounds.Cast<double>().Max() * epsilon;
                AssertWithin(expectation.LogLikelihood, result.TotalLogLikelihood, 2 * rows * worst, what + ": log-likelihood");
                AssertUpdate(expected, result.Model, prior is not null, execution.Precision, worst + (64 * epsilon), reach, what);
            }
        }
    }

    /// <summary>
    /// A relative error e of all posteriors moves a weight by e of itself, a mean by e times the rows' distance from the shift, and a
    /// covariance by e times the product of two; rounding of the sums about the shift is of the same kind.
    /// </summary>
    private static void AssertUpdate(
        NaiveUpdate expected, GaussianMixture actual, bool hasPrior, Precision precision, double error, double[] reach, string what)
    {
        // In single precision a component that only posteriors below 1e-38 could reach has none.
        double least = precision == Precision.Double ? 1e-200 : 1e-20;
        int largestGroup = actual.Structure.Groups.Max(group => group.Count);
        for (int k = 0; k < actual.ComponentCount; k++)
        {
            AssertWithin(expected.Weights[k], actual.Weights.Span[k], 4 * error, $"{what}: weight {k}");
            if (expected.Occupancies[k].High < least && !hasPrior)
            {
                continue;
            }

            // Fewer rows than coordinates give a singular covariance, whose eigenvalues are raised: another test.
            bool regular = hasPrior || actual.Structure.IsDiagonalStorage || expected.Occupancies[k].High > (2 * largestGroup) + 4;
            for (int i = 0; i < actual.Dimension; i++)
            {
                AssertWithin(expected.Means[k][i], actual.Mean(k)[i], 4 * error * reach[i], $"{what}: mean {k}, {i}");
                for (int j = 0; j < actual.Dimension && regular; j++)
                {
                    AssertWithin(
                        expected.Covariances[k][i, j], actual.CovarianceAt(k, i, j), 8 * error * reach[i] * reach[j],
                        $"{what}: covariance {k}, {i}, {j}");
                }
            }
        }
    }

    private static double[,] Bounds(GaussianMixture model, double[] rows, double[] shift)
    {
        int dimension = model.Dimension;
        RoundingBound bound = new(model, shift);
        double[,] result = new double[rows.Length / dimension, model.ComponentCount];
        for (int t = 0; t < result.GetLength(0); t++)
        {
            for (int k = 0; k < model.ComponentCount; k++)
            {
                result[t, k] = bound.Of(k, rows.AsSpan(t * dimension, dimension));
            }
        }

        return result;
    }

    /// <summary>
    /// The largest distance of a row or a mean from the shift, coordinate by coordinate, and at least the shift's own rounding.
    /// </summary>
    private static double[] Reach(double[] rows, double[] middle, params GaussianMixture[] models)
    {
        double[] reach = new double[middle.Length];
        foreach (double[] points in (IEnumerable<double[]>)[rows, .. models.Select(model => model.Means.ToArray())])
        {
            for (int i = 0; i < points.Length; i++)
            {
                int d = i % reach.Length;
                reach[d] = Math.Max(reach[d], Math.Abs(points[i] - middle[d]) + 1);
            }
        }

        return reach;
    }

    private static void AssertWithin(DoubleDouble expected, double actual, double allowed, string what)
    {
        double error = Math.Abs((actual - expected).High);
        Assert.True(error <= allowed, $"{what}: {actual:R} where {expected.High:R} was expected; error {error:E2}, allowed {allowed:E2}");
    }
}

using GmmNative.Model;
using GmmNative.Tests.Support;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Tests.Estimation;

/// <summary>
/// Fits to rows that leave covariances undetermined: the log-likelihood never falls by more than rounding, the model scores what training
/// reports, and every
/// backend scores it alike.
/// </summary>
public sealed class DegenerateFitTests
{
    private const int Components = 3;

    public static TheoryData<string, string, Precision> Cases
    {
        get
        {
            TheoryData<string, string, Precision> data = [];
            foreach (string name in DegenerateData.Names)
            {
                foreach (string structure in (string[])["diagonal", "full", "fullBlocks"])
                {
                    foreach (Precision precision in Enum.GetValues<Precision>())
                    {
                        data.Add(name, structure, precision);
                    }
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    [Trait("Lane", "Slow")]
    public void Fit_AnyStartAndSeed_NeverFallsAndScoresWhatItReports(string name, string structure, Precision precision)
    {
        for (int seed = 0; seed < 2; seed++)
        {
            (double[] numbers, int dimension) = DegenerateData.Make(name, seed);
            IVectorSource rows = VectorSource.From((ReadOnlyMemory<double>)numbers, dimension);
            foreach (InitializationMethod start in Enum.GetValues<InitializationMethod>())
            {
                GmmFitResult result = new GaussianMixtureTrainer(Components, Options(structure, dimension, precision, seed, start)).Fit(
                    rows);
                string what = $"{start}, seed {seed}: {string.Join(" ", result.History.Select(i => i.AverageLogLikelihood.ToString("R")))}";
                Assert.True(result.StopReason != StopReason.Fell, what);
                double slack = Slack(result, precision);
                for (int i = 1; i < result.History.Count; i++)
                {
                    Assert.True(result.History[i].AverageLogLikelihood >= result.History[i - 1].AverageLogLikelihood - slack,
                        $"{what}; slack {slack:E1}");
                }

                CheckScores(result, rows, precision, structure, dimension, slack, what);
            }
        }
    }

    private static void CheckScores(
        GmmFitResult result, IVectorSource rows, Precision precision, string structure, int dimension, double slack, string what)
    {
        double[] densities = result.Model.LogDensities(rows, Execution(precision));
        double average = densities.Average();
        Assert.True(average >= result.AverageLogLikelihood - slack, $"{what}; scored {average:R}");

        // One more E-step reports what the model scores.
        GmmOptions options = Options(structure, dimension, precision, 0, InitializationMethod.Random);
        GmmOptions once = options with { Stopping = options.Stopping with { Iterations = 1 } };
        double again = new GaussianMixtureTrainer(Components, once).Fit(rows, result.Model).AverageLogLikelihood;
        double epsilon = Executions.Epsilon(precision);
        Assert.Equal(average, again, 64 * epsilon * (1 + Math.Abs(average)));
        foreach (Interop.BackendKind backend in TestBackends.Kinds)
        {
            double[] others = result.Model.LogDensities(rows, new ExecutionOptions { Backend = TestBackends.Get(backend) });
            double[] managed = result.Model.LogDensities(rows, Execution(Precision.Double));
            Assert.All(others.Zip(managed), pair => Assert.Equal(pair.Second, pair.First, 1e-6));
        }
    }

    private static GmmOptions Options(string structure, int dimension, Precision precision, int seed, InitializationMethod start)
    {
        CovarianceStructure made = Structures.Make(structure, dimension);
        return new GmmOptions
        {
            Covariance = new() { Kind = made.Kind, BlockSizes = made.BlockSizes },
            Start = new() { Seed = seed, Method = start },
            Stopping = new() { Iterations = 60, Tolerance = 0 },
            Update = new() { WeightFloor = 0 },
            Execution = Execution(precision),
        };
    }

    private static ExecutionOptions Execution(Precision precision) =>
        new() { Precision = precision, Threads = 1, Backend = TestBackends.Get(Interop.BackendKind.Managed) };

    /// <summary>
    /// What rounding may take from an average: 64 eps of the magnitudes (of densities and of the log-variances that they are made of), and
    /// of the condition of a covariance where the floor is lost in the rounding of its
    /// variances; there the limit of 1e-13 leaves three digits.
    /// </summary>
    private static double Slack(GmmFitResult result, Precision precision)
    {
        GaussianMixture model = result.Model;
        double terms = Enumerable.Range(0, model.ComponentCount).Max(
            k => Enumerable.Range(0, model.Dimension).Sum(d => 0.5 * Math.Abs(Math.Log(model.CovarianceAt(k, d, d)))));
        double condition = 1;
        foreach (int[] group in model.Structure.GroupArrays)
        {
            for (int k = 0; k < model.ComponentCount; k++)
            {
                int n = group.Length;
                double[] correlations = [.. Enumerable.Range(0, n * n).Select(e => model.CovarianceAt(k, group[e / n], group[e % n])
                    / Math.Sqrt(model.CovarianceAt(k, group[e / n], group[e / n])) / Math.Sqrt(
                        model.CovarianceAt(k, group[e % n], group[e % n])))];
                double[] values = new double[n];
                SymmetricEigen.Decompose(n, correlations, values);
                condition = Math.Max(condition, values.Max() / values.Min());
            }
        }

        double double64 = 64 * Math.ScaleB(1, -52);
        double magnitude = result.History.Max(i => Math.Abs(i.AverageLogLikelihood));
        return precision == Precision.Double ? double64 * (terms + magnitude + condition)
            : (64 * Math.ScaleB(1, -23) * (terms + magnitude)) + (double64 * condition);
    }
}

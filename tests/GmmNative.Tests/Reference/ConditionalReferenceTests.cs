using GmmNative.Interop;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Tests.Reference;

/// <summary>Marginal and conditional mixtures and regressions with answers from 50-digit arithmetic, on every backend.</summary>
[Trait("Category", "Reference")]
public class ConditionalReferenceTests
{
    /// <summary>The answers are exact; what is allowed is the bar of the project for its reference cases.</summary>
    private const double Tolerance = 1e-8;

    public static TheoryData<string, BackendKind> Cases
    {
        get
        {
            TheoryData<string, BackendKind> data = [];
            foreach (BackendKind backend in TestBackends.Kinds)
            {
                foreach (ConditionalCase c in ConditionalCase.All)
                {
                    data.Add(c.ToString(), backend);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Marginal_ReferenceCase_IsExact(string name, BackendKind backend)
    {
        ConditionalCase c = Find(name);
        GaussianMixture marginal = c.Model.Marginal(c.Given);
        Assert.Equal(c.Arrays["weights"], marginal.Weights.ToArray());
        Assert.Equal(c.Arrays["marginal_means"], marginal.Means.ToArray());
        Assert.Equal(c.Arrays["marginal_covariances"], Matrices(marginal));
        double[] densities = marginal.LogDensities(c.Arrays["given"], c.Given.Length, Execution(backend));
        AssertNear("log-densities", c.Arrays["log_prob_given"], densities);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Condition_ReferenceCase_IsExact(string name, BackendKind backend)
    {
        ConditionalCase c = Find(name);
        MixtureRegressor regressor = c.Model.CreateRegressor(c.Given, c.Targets, Execution(backend));
        double[] logWeights = new double[c.Model.ComponentCount];
        for (int t = 0; t < c.Rows; t++)
        {
            GaussianMixture conditional = c.Model.Condition(c.Given, c.Row(t), c.Targets, Execution(backend));
            AssertNear("weights", c.Slice("conditional_weights", t), conditional.Weights.ToArray());
            AssertNear("means", c.Slice("conditional_means", t), conditional.Means.ToArray());
            AssertNear("covariances", c.Arrays["conditional_covariances"], Matrices(conditional));
            AssertNear("log-density", [c.Arrays["log_prob_given"][t]], [regressor.LogPosterior(c.Row(t), logWeights)]);
            AssertNear("log-weights", c.Slice("conditional_log_weights", t), logWeights);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Regression_ReferenceCase_IsExact(string name, BackendKind backend)
    {
        ConditionalCase c = Find(name);
        MixtureRegressor regressor = c.Model.CreateRegressor(c.Given, c.Targets, Execution(backend));
        int wanted = c.Targets.Length;
        double[] predicted = new double[wanted];
        double[] covariance = new double[wanted * wanted];
        for (int t = 0; t < c.Rows; t++)
        {
            AssertNear("log-density", [c.Arrays["log_prob_given"][t]], [regressor.Expected(c.Row(t), predicted, covariance)]);
            AssertNear("expected", c.Slice("expected", t), predicted);
            AssertNear("covariance", c.Slice("covariance", t), covariance);
            Assert.Equal((int)c.Arrays["best_component"][t], regressor.Best(c.Row(t), predicted));
            AssertNear("best", c.Slice("best", t), predicted);
        }

        IVectorSource rows = VectorSource.From((ReadOnlyMemory<double>)c.Arrays["given"], c.Given.Length);
        RegressionResult expected = regressor.Predict(rows, RegressionKind.Expected, withCovariances: true);
        AssertNear("expected of all rows", c.Arrays["expected"], [.. expected.Predicted.Cast<double>()]);
        AssertNear("covariances of all rows", c.Arrays["covariance"], [.. expected.Covariances!.Cast<double>()]);
        AssertNear("log-densities", c.Arrays["log_prob_given"], expected.LogDensities);
        RegressionResult best = regressor.Predict(rows, RegressionKind.Best, withCovariances: true);
        Assert.Equal(c.Arrays["best_component"], best.Labels.Select(label => (double)label));
        AssertNear("best of all rows", c.Arrays["best"], [.. best.Predicted.Cast<double>()]);
        AssertNear(
            "conditional covariances",
            [.. best.Labels.SelectMany(label => c.Slice("conditional_covariances", label))],
            [.. best.Covariances!.Cast<double>()]);
    }

    private static ConditionalCase Find(string name) => ConditionalCase.All.Single(c => c.ToString() == name);

    private static ExecutionOptions Execution(BackendKind backend) => new() { Backend = TestBackends.Get(backend) };

    private static double[] Matrices(GaussianMixture model) =>
    [
        .. from k in Enumerable.Range(0, model.ComponentCount)
           from i in Enumerable.Range(0, model.Dimension)
           from j in Enumerable.Range(0, model.Dimension)
           select model.CovarianceAt(k, i, j),
    ];

    private static void AssertNear(string what, double[] expected, double[] actual)
    {
        double error = Near.RelativeError(expected, actual, 1);
        Assert.True(error <= Tolerance, $"{what}: relative error {error:E2}, allowed {Tolerance:E2}");
    }
}

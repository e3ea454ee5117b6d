using GmmNative.Execution;
using GmmNative.Expectation;
using GmmNative.Interop;
using GmmNative.Maximization;
using GmmNative.Maximization.Priors;
using GmmNative.Tests.Support;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Tests.Maximization;

/// <summary>The log prior of the MAP update against its definition in 31 digits.</summary>
public sealed class AlphaPriorTests
{
    [Theory]
    [InlineData("diagonal", 4)]
    [InlineData("full", 1)]
    [InlineData("full", 4)]
    [InlineData("fullBlocks", 5)]
    [InlineData("equalBlocks", 6)]
    [InlineData("unequalBlocks", 7)]
    public void LogDensity_AnyStructure_IsTheExpectedLogDensityOfTheBackgroundModel(string name, int dimension)
    {
        const int components = 3;
        const double alpha = 0.7;
        CovarianceStructure structure = Structures.Make(name, dimension);
        Random random = new(dimension);
        GaussianMixture model = RandomMixtures.Model(random, structure, components);
        GaussianMixture ubm = RandomMixtures.Model(random, structure, components, offset: 1);
        DoubleDouble expected = DoubleDouble.Zero;
        for (int k = 0; k < components; k++)
        {
            int component = k;
            DenseMatrix factor = DenseMatrix.From(dimension, dimension, (i, j) => model.CovarianceAt(component, i, j)).Cholesky();
            DenseMatrix precision = factor.InverseFromCholesky();
            DoubleDouble value = DoubleDouble.Log(model.Weights.Span[k]) - (DoubleDouble.Log(DoubleDouble.TwoPi) * dimension / 2);
            for (int i = 0; i < dimension; i++)
            {
                value -= DoubleDouble.Log(factor[i, i]);
                for (int j = 0; j < dimension; j++)
                {
                    DoubleDouble moment = ubm.CovarianceAt(k, i, j)
                        + (((DoubleDouble)ubm.Mean(k)[i] - model.Mean(k)[i]) * ((DoubleDouble)ubm.Mean(k)[j] - model.Mean(k)[j]));
                    value -= precision[i, j] * moment / 2;
                }
            }

            expected += alpha * (ubm.Weights.Span[k] * value);
        }

        double actual = new AlphaPrior(ubm, alpha).LogDensity(Factors(model));
        Assert.Equal(expected.High, actual, 1e-12 * Math.Abs(expected.High));
    }

    [Fact]
    public void LogDensity_BackgroundComponentOfNoWeight_CountsForNothing()
    {
        // The model's own component of no weight has a log-density of minus infinity, which nothing must multiply.
        CovarianceStructure structure = Structures.Make("diagonal", 1);
        GaussianMixture model = new(structure, [0, 1], [0, 1], [1, 2]);
        GaussianMixture ubm = new(structure, [0, 1], [5, 3], [1, 4]);
        double expected = 0.5 * ((-0.5 * Math.Log(2 * Math.PI * 2)) - (0.5 * (4 + 4) / 2));
        Assert.Equal(expected, new AlphaPrior(ubm, 0.5).LogDensity(Factors(model)), 1e-14);
        Assert.Equal(0, new AlphaPrior(ubm, 0).LogDensity(Factors(model)));
    }

    private static MixtureFactors Factors(GaussianMixture model) =>
        new(model, ExecutionPlan.From(new ExecutionOptions { Backend = Backends.Managed }));
}

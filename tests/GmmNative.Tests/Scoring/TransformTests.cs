using GmmNative.Tests.Support;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Tests.Scoring;

/// <summary>Marginals, structures and regression against their definitions.</summary>
public sealed class TransformTests
{
    public static TheoryData<string, int, int> Cases
    {
        get
        {
            TheoryData<string, int, int> data = [];
            foreach (string structure in Structures.All)
            {
                foreach ((int dimension, int given) in (ReadOnlySpan<(int, int)>)[(1, 1), (2, 1), (6, 1), (6, 3), (6, 5), (6, 6), (9, 4)])
                {
                    data.Add(structure, dimension, given);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Transform_FirstCoordinates_IsConditionalMeanOfTheMostLikelyComponent(string structure, int dimension, int given)
    {
        Random random = new((10 * dimension) + given);
        GaussianMixture model = RandomMixtures.Model(random, Structures.Make(structure, dimension), 3);
        double[] rows = RandomMixtures.Normals(random, 40 * given);
        NaiveMixture marginal = new(model.Marginal(given));
        foreach (ExecutionOptions execution in Executions.All.Where(e => e.Path == NumericalPath.Auto))
        {
            TransformResult result = model.Transform(VectorSource.From((ReadOnlyMemory<double>)rows, given), execution);
            Assert.Equal(given == dimension, result.Converted is null);
            double tolerance = execution.Precision == Precision.Double ? 1e-12 : 1e-4;
            for (int t = 0; t < 40; t++)
            {
                double[] x = rows[(t * given)..((t + 1) * given)];
                DoubleDouble[] posteriors = new DoubleDouble[3];
                Assert.Equal(marginal.Expect(x, posteriors).High, result.LogDensities[t], tolerance * 10);
                int label = result.Labels[t];
                Assert.True(posteriors[label].High >= posteriors.Max(p => p.High) - tolerance);
                if (result.Converted is { } converted)
                {
                    double[] expected = ConditionalMean(model, label, x);
                    for (int i = 0; i < expected.Length; i++)
                    {
                        Assert.Equal(expected[i], converted[t, i], 1e-11);
                    }
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Marginal_Covariances_AreTheLeadingOnes(string structure, int dimension, int given)
    {
        GaussianMixture model = RandomMixtures.Model(new Random(1), Structures.Make(structure, dimension), 2);
        GaussianMixture marginal = model.Marginal(given);
        Assert.Equal(given, marginal.Dimension);
        Assert.Equal(model.Weights.ToArray(), marginal.Weights.ToArray());
        for (int k = 0; k < 2; k++)
        {
            Assert.Equal(model.Mean(k)[..given].ToArray(), marginal.Mean(k).ToArray());
            for (int i = 0; i < given; i++)
            {
                for (int j = 0; j < given; j++)
                {
                    Assert.Equal(model.CovarianceAt(k, i, j), marginal.CovarianceAt(k, i, j));
                }
            }
        }
    }

    [Theory]
    [InlineData("diagonal")]
    [InlineData("fullBlocks")]
    [InlineData("equalBlocks")]
    [InlineData("unequalBlocks")]
    public void WithStructure_FullWithTheSameEntries_HasTheSameLogDensities(string structure)
    {
        GaussianMixture model = RandomMixtures.Model(new Random(2), Structures.Make(structure, 6), 3);
        GaussianMixture full = model.WithStructure(Structures.Make("full", 6));
        IVectorSource rows = VectorSource.From((ReadOnlyMemory<double>)RandomMixtures.Normals(new Random(3), 6 * 50), 6);
        Assert.True(Near.RelativeError(model.LogDensities(rows), full.LogDensities(rows), 1) < 1e-12);
        Bits.AssertSame(model, full.WithStructure(model.Structure), "there and back");
    }

    [Fact]
    public void MarginalAndTransform_OutOfRange_Throw()
    {
        GaussianMixture model = RandomMixtures.Model(new Random(2), Structures.Make("full", 3), 2);
        Assert.Throws<ArgumentOutOfRangeException>(() => model.Marginal(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.Marginal(4));
        Assert.Throws<VectorDataException>(() => model.Transform(VectorSource.From((ReadOnlyMemory<double>)new double[4], 4)));
        Assert.Throws<ArgumentException>(() => model.WithStructure(Structures.Make("full", 2)));
        Assert.Throws<InvalidOperationException>(
            () => new GaussianMixtureModeling(2, 2).Transform(VectorSource.From((ReadOnlyMemory<double>)new double[3], 3)));
    }

    private static double[] ConditionalMean(GaussianMixture model, int component, double[] x)
    {
        int given = x.Length;
        DenseMatrix inverse = DenseMatrix.From(given, given, (i, j) => model.CovarianceAt(component, i, j)).Cholesky()
            .InverseFromCholesky();
        DenseMatrix across = DenseMatrix.From(model.Dimension - given, given, (i, j) => model.CovarianceAt(component, given + i, j));
        double[] mean = model.Mean(component).ToArray();
        DenseMatrix offset = across.Times(inverse).Times(DenseMatrix.From(given, 1, (i, _) => (DoubleDouble)x[i] - mean[i]));
        return [.. Enumerable.Range(0, model.Dimension - given).Select(i => (offset[i, 0] + mean[given + i]).High)];
    }
}

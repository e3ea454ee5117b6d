using GmmNative.Tests.Support;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Tests.Inference;

/// <summary>Marginal and conditional mixtures of any coordinates.</summary>
public sealed class ConditioningTests
{
    public static TheoryData<string, int[], int[]> Selections
    {
        get
        {
            TheoryData<string, int[], int[]> data = [];
            foreach (string structure in Structures.Names)
            {
                data.Add(structure, [0, 1, 2], [3, 4, 5]);
                data.Add(structure, [5, 0], [2]);
                data.Add(structure, [3], [1, 0, 4]);
                data.Add(structure, [1, 2, 3, 4, 5], [0]);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Selections))]
    public void Condition_AnyCoordinates_IsTheDefinition(string structure, int[] given, int[] targets)
    {
        GaussianMixture model = Model(structure);
        double[] x = RandomMixtures.Normals(new Random(7), given.Length);
        NaiveConditional naive = new(model, given, targets, x);
        GaussianMixture conditional = model.Condition(given, x, targets);
        Assert.Equal(targets.Select(target => model.Columns![target]), conditional.Columns!);
        for (int k = 0; k < model.ComponentCount; k++)
        {
            Assert.Equal(naive.Posterior[k], conditional.Weights.Span[k], 1e-13);
            for (int i = 0; i < targets.Length; i++)
            {
                Assert.Equal(naive.Means[k][i].High, conditional.Mean(k)[i], 1e-12);
                for (int j = 0; j < targets.Length; j++)
                {
                    Assert.Equal(naive.Covariances[k][i, j].High, conditional.CovarianceAt(k, i, j), 1e-12);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Selections))]
    public void Condition_DensityOfTheRest_IsTheJointDensityOverTheMarginal(string structure, int[] given, int[] targets)
    {
        GaussianMixture model = Model(structure);
        double[] x = RandomMixtures.Normals(new Random(8), given.Length);
        double[] y = RandomMixtures.Normals(new Random(9), targets.Length);
        double joint = model.Marginal([.. given, .. targets]).LogDensities((double[])[.. x, .. y], x.Length + y.Length)[0];
        double marginal = model.Marginal(given).LogDensities(x, x.Length)[0];
        double conditional = model.Condition(given, x, targets).LogDensities(y, y.Length)[0];
        Assert.Equal(joint, marginal + conditional, 1e-11);
    }

    [Theory]
    [MemberData(nameof(Selections))]
    public void Marginal_AnyCoordinates_KeepsTheBits(string structure, int[] given, int[] targets)
    {
        GaussianMixture model = Model(structure);
        int[] coordinates = [.. targets, .. given];
        GaussianMixture marginal = model.Marginal(coordinates);
        Assert.Equal(model.Weights.ToArray(), marginal.Weights.ToArray());
        Assert.Equal(coordinates.Select(coordinate => model.Columns![coordinate]), marginal.Columns!);
        for (int k = 0; k < model.ComponentCount; k++)
        {
            for (int i = 0; i < coordinates.Length; i++)
            {
                Assert.Equal(model.Mean(k)[coordinates[i]], marginal.Mean(k)[i]);
                for (int j = 0; j < coordinates.Length; j++)
                {
                    Assert.Equal(model.CovarianceAt(k, coordinates[i], coordinates[j]), marginal.CovarianceAt(k, i, j));
                }
            }
        }
    }

    [Fact]
    public void Condition_NoTargets_KeepsAllOthersInOrder()
    {
        GaussianMixture model = Model("full");
        Assert.Equal(["c1", "c3", "c4", "c5"], model.Condition([2, 0], [0.5, 1]).Columns!);
    }

    [Theory]
    [InlineData(1e3)]
    [InlineData(-1e6)]
    [InlineData(1e200)]
    public void Condition_FarFromEverything_HasWeightsThatSumToOne(double far)
    {
        GaussianMixture model = Model("full");
        GaussianMixture conditional = model.Condition([0, 1], [far, far]);
        Assert.Equal(1, conditional.Weights.Span.ToArray().Sum(), 1e-14);
        double[] logWeights = new double[model.ComponentCount];
        double logDensity = model.CreateRegressor([0, 1]).LogPosterior([far, far], logWeights);
        Assert.True(Math.Abs(far) > 1e100 ? double.IsNegativeInfinity(logDensity) : logDensity < -1e5);
        Assert.All(logWeights, logWeight => Assert.True(double.IsFinite(logWeight)));
        double expected = logWeights.Max();
        Assert.Equal(Math.Exp(expected), conditional.Weights.Span.ToArray().Max(), 1e-14);
    }

    [Fact]
    public void MarginalAndCondition_WrongArguments_NameTheCoordinate()
    {
        GaussianMixture model = Model("full");
        Assert.Contains("No coordinates", Assert.Throws<ArgumentException>(() => model.Marginal([])).Message, StringComparison.Ordinal);
        Assert.Contains(
            "Coordinate 6", Assert.Throws<ArgumentOutOfRangeException>(() => model.Marginal([6])).Message, StringComparison.Ordinal);
        Assert.Contains("-1", Assert.Throws<ArgumentOutOfRangeException>(() => model.Marginal([-1])).Message, StringComparison.Ordinal);
        Assert.Contains(
            "1 is listed twice", Assert.Throws<ArgumentException>(() => model.Marginal([1, 1])).Message, StringComparison.Ordinal);
        Assert.Contains(
            "1 is both", Assert.Throws<ArgumentException>(() => model.Condition([1], [0.5], [1])).Message, StringComparison.Ordinal);
        Assert.Contains(
            "no target", Assert.Throws<ArgumentException>(() => model.Condition([0, 1, 2, 3, 4, 5], new double[6])).Message,
            StringComparison.Ordinal);
        Assert.Equal(
            "The row has 2 numbers, but 1 coordinates are given.",
            Assert.Throws<VectorDataException>(() => model.Condition([1], [0.5, 1])).Message);
        Assert.Equal(
            "Column 2 of the row is not a number (NaN): remove the row or replace the value.",
            Assert.Throws<VectorDataException>(() => model.Condition([1, 2], [0.5, double.NaN])).Message);
        Assert.Throws<ArgumentNullException>(() => model.Condition(null!, [0.5]));
    }

    private static GaussianMixture Model(string structure) =>
        RandomMixtures.Model(new Random(6), Structures.Make(structure, 6), 4).WithColumns(["c0", "c1", "c2", "c3", "c4", "c5"]);
}

using GmmNative.Expectation;
using GmmNative.Maximization;
using GmmNative.Model;
using GmmNative.Tests.Support;
using Xunit;

namespace GmmNative.Tests.Maximization;

/// <summary>Regularization, shrinkage and the maximum condition, on every structure.</summary>
public sealed class CovarianceCareTests
{
    private const int Dimension = 4;

    public static TheoryData<string> Names => [.. Structures.All];

    [Theory]
    [MemberData(nameof(Names))]
    public void Apply_Regularization_IsAddedToEachVarianceOnce(string name)
    {
        (CovarianceStructure structure, double[] before) = Covariance(name);
        double[] after = Apply(structure, before, Options() with { Regularization = 0.25 }, out _);
        AssertEntries(structure, after, (i, j) => Entry(structure, before, i, j) + (i == j ? 0.25 : 0));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Apply_ShrinkageByAShare_MovesTowardTheAverageVariance(string name)
    {
        (CovarianceStructure structure, double[] before) = Covariance(name);
        UpdateOptions options = Options() with { Shrinkage = CovarianceShrinkage.By(0.3) };
        double[] after = Apply(structure, before, options, out CareOutcome outcome);
        double average = Enumerable.Range(0, Dimension).Average(d => Entry(structure, before, d, d));
        AssertEntries(structure, after, (i, j) => structure.IsSpherical ? Entry(structure, before, i, j)
            : (0.7 * Entry(structure, before, i, j)) + (i == j ? 0.3 * average : 0));
        Assert.Equal(structure.IsSpherical ? 0 : 0.3, outcome.Shrinkage);
    }

    [Fact]
    public void Apply_OracleApproximatingShrinkage_HasTheShareOfTheEquation()
    {
        // sklearn.covariance.oas on data whose empirical covariance is this matrix, with 20 rows.
        CovarianceStructure structure = Structures.Make("full", 2);
        double[] covariance = [4, 1, 1, 2];
        UpdateOptions options = Options() with { Shrinkage = CovarianceShrinkage.Oas };
        Apply(structure, covariance, options, out CareOutcome outcome, rows: 20);

        // a = (16 + 1 + 1 + 4) / 4, m = 3: (5.5 + 9) / (21 (5.5 - 4.5)).
        Assert.Equal(14.5 / 21, outcome.Shrinkage, 1e-15);
        Apply(structure, [3, 0, 0, 3], options, out outcome, rows: 20);
        Assert.Equal(1, outcome.Shrinkage);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Apply_MaximumCondition_RaisesTheSmallEigenvaluesOnly(string name)
    {
        (CovarianceStructure structure, double[] before) = Covariance(name);
        UpdateOptions options = Options() with { MaximumCondition = 1.25 };
        double[] after = Apply(structure, before, options, out CareOutcome outcome);
        double[] old = Eigenvalues(structure, before);
        double[] expected = [.. old.Select(value => Math.Max(value, old[^1] / 1.25))];
        Assert.Equal(!structure.IsSpherical, outcome.IsConditionCapped);
        Assert.All(expected.Zip(Eigenvalues(structure, after)), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
        Assert.Equal(before, Apply(structure, before, Options() with { MaximumCondition = 1e6 }, out outcome));
        Assert.False(outcome.IsConditionCapped);
    }

    private static (CovarianceStructure Structure, double[] Covariance) Covariance(string name)
    {
        CovarianceStructure structure = Structures.Make(name, Dimension);
        return (structure, RandomMixtures.Model(new Random(3), structure, 1).Covariances.ToArray());
    }

    private static double[] Apply(
        CovarianceStructure structure, double[] before, UpdateOptions options, out CareOutcome outcome, double rows = 100)
    {
        double[] after = [.. before];
        outcome = new CovarianceCare(structure, 1, options).Apply(
            0, rows, before, after, new double[structure.Dimension], MomentPrecision.Unchecked, 1);
        return after;
    }

    private static double Entry(CovarianceStructure structure, double[] covariance, int i, int j) =>
        structure.Storage.Entry(covariance, i, j);

    private static void AssertEntries(CovarianceStructure structure, double[] covariance, Func<int, int, double> expected)
    {
        for (int i = 0; i < Dimension; i++)
        {
            for (int j = 0; j < Dimension; j++)
            {
                if (structure.IsKept(i, j))
                {
                    Assert.Equal(expected(i, j), Entry(structure, covariance, i, j), 1e-13);
                }
            }
        }
    }

    /// <summary>All eigenvalues, in ascending order.</summary>
    private static double[] Eigenvalues(CovarianceStructure structure, double[] covariance)
    {
        double[] matrix = new double[Dimension * Dimension];
        for (int p = 0; p < matrix.Length; p++)
        {
            (int i, int j) = (p / Dimension, p % Dimension);
            matrix[p] = structure.IsKept(i, j) ? Entry(structure, covariance, i, j) : 0;
        }

        double[] values = new double[Dimension];
        SymmetricEigen.Decompose(Dimension, matrix, values);
        Array.Sort(values);
        return values;
    }

    private static UpdateOptions Options() => new()
    {
        WeightFloor = 0,
        Floors = new FloorOptions
        {
            Floors = new double[Dimension],
            Resolutions = new double[Dimension],
            Target = VarianceFloorTarget.Eigenvalues,
            SingularCovariance = SingularCovarianceHandling.FloorEigenvalues,
        },
        Threads = 1,
    };
}

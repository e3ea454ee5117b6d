using GmmNative.Tests.Support;
using Xunit;

namespace GmmNative.Tests.Maximization;

/// <summary>The floors by themselves: what they raise, what they leave, and that they are the maximum under their constraint.</summary>
public sealed class CovarianceFloorTests
{
    private const double Rounding = 1.0 / (1L << 52);

    public static TheoryData<string, int> Structured
    {
        get
        {
            TheoryData<string, int> data = [];
            foreach (string structure in Structures.Names)
            {
                foreach (int dimension in (int[])[2, 3, 6, 9])
                {
                    data.Add(structure, dimension);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Structured))]
    public void Apply_AnyMoment_GivesTheMaximumUnderTheConstraint(string name, int dimension)
    {
        CovarianceStructure structure = Structures.Make(name, dimension);
        Random random = new(dimension);
        double[] floors = [.. Enumerable.Range(0, dimension).Select(_ => Math.Pow(10, -2 * random.NextDouble()))];
        double[] moment = RandomMixtures.Model(random, structure, 1).Covariances.ToArray();
        for (int i = 0; i < moment.Length; i++)
        {
            moment[i] *= 0.05;
        }

        double[] floored = [.. moment];
        CovarianceFloor floor = new(structure, 1, Options(floors));
        floor.Apply(0, Broad(structure), floored, new double[dimension], MomentPrecision.Unchecked, 1);
        double best = Objective(structure, floored, moment);

        // Other covariances that keep the constraint, near and far, are no better.
        for (int trial = 0; trial < 200; trial++)
        {
            double[] other = RandomMixtures.Model(random, structure, 1).Covariances.ToArray();
            double share = Math.Pow(10, -4 * random.NextDouble());
            double[] mixed = [.. floored.Zip(other, (a, b) => ((1 - share) * a) + (share * b))];
            double[] feasible = [.. mixed];
            floor = new CovarianceFloor(structure, 1, Options(floors));
            floor.Apply(0, Broad(structure), feasible, new double[dimension], MomentPrecision.Unchecked, 1);
            double value = Objective(structure, feasible, moment);
            Assert.True(value <= best + (1e-11 * Math.Abs(best)), $"trial {trial}: {value:R} above {best:R}");
        }
    }

    [Fact]
    public void Apply_AboveTheFloor_ChangesNoBit()
    {
        CovarianceStructure structure = Structures.Make("full", 5);
        double[] covariance = RandomMixtures.Model(new Random(1), structure, 1).Covariances.ToArray();
        double[] floored = [.. covariance];
        FloorOutcome outcome = new CovarianceFloor(structure, 1, Options([.. Enumerable.Repeat(1e-6, 5)]))
            .Apply(0, covariance, floored, new double[5], MomentPrecision.Unchecked, 1);
        Assert.Equal(FloorOutcome.None, outcome);
        Assert.Equal(covariance, floored);
    }

    [Fact]
    public void Apply_OneSmallDirection_RaisesThatAlone()
    {
        // Variance 4 along (1, 1), 1e-9 along (1, -1).
        double[] covariance = [2 + 5e-10, 2 - 5e-10, 2 - 5e-10, 2 + 5e-10];
        FloorOutcome outcome = new CovarianceFloor(Structures.Make("full", 2), 1, Options([0.01, 0.01]))
            .Apply(0, [4, 0, 0, 4], covariance, new double[2], MomentPrecision.Unchecked, 1);
        Assert.Equal(FloorOutcome.VarianceFloored, outcome);
        Assert.Equal(4, covariance[0] + covariance[1], 1e-15);
        Assert.Equal(0.01, covariance[0] - covariance[1], 1e-14);
    }

    [Fact]
    public void Apply_OnTheDiagonal_LeavesEigenvaluesBelow()
    {
        double[] covariance = [2 + 5e-10, 2 - 5e-10, 2 - 5e-10, 2 + 5e-10];
        double[] before = [.. covariance];
        FloorOptions options = Options([0.01, 0.01]) with { Target = VarianceFloorTarget.Diagonal };
        Assert.Equal(FloorOutcome.None, new CovarianceFloor(Structures.Make("full", 2), 1, options)
            .Apply(0, [4, 0, 0, 4], covariance, new double[2], MomentPrecision.Unchecked, 1));
        Assert.Equal(before, covariance);
        double[] small = [0.001, 0, 0, 3];
        Assert.Equal(FloorOutcome.VarianceFloored, new CovarianceFloor(Structures.Make("full", 2), 1, options)
            .Apply(0, [4, 0, 0, 4], small, new double[2], MomentPrecision.Unchecked, 1));
        Assert.Equal([0.01, 0, 0, 3], small);
    }

    [Fact]
    public void Apply_SingularBeyondTheFloor_KeepsWhatRoundingResolvesAndStaysThere()
    {
        // Variances of 1e12, a floor of 1e-6: the floor is lost in their rounding.
        CovarianceStructure structure = Structures.Make("full", 2);
        CovarianceFloor floor = new(structure, 1, Options([1e-6, 1e-6]));
        double[] before = [1e12, 0, 0, 1e12];
        double[] covariance = [1e12, 1e12, 1e12, 1e12];
        Assert.Equal(FloorOutcome.EigenvaluesFloored, floor.Apply(0, before, covariance, [1e12, 1e12], MomentPrecision.Unchecked, 1));
        Assert.Equal(1e-13 * 1e12, covariance[0] - covariance[1], 1e-3);

        // Ten times larger later on: the limit is that of the first time.
        double[] larger = [1e13, 1e13, 1e13, 1e13];
        Assert.Equal(FloorOutcome.EigenvaluesFloored, floor.Apply(0, covariance, larger, [1e13, 1e13], MomentPrecision.Unchecked, 2));
        Assert.Equal(1e-13 * 1e12, larger[0] - larger[1], 1e-2);
    }

    [Fact]
    public void Apply_LimitThatThePreviousCovarianceDoesNotKeep_IsLowered()
    {
        CovarianceStructure structure = Structures.Make("full", 2);
        double[] before = [1e12 + 0.01, 1e12 - 0.01, 1e12 - 0.01, 1e12 + 0.01];
        double[] covariance = [1e12, 1e12, 1e12, 1e12];
        new CovarianceFloor(structure, 1, Options([1e-6, 1e-6])).Apply(0, before, covariance, [1e12, 1e12], MomentPrecision.Unchecked, 1);
        Assert.InRange(covariance[0] - covariance[1], 0.01, 0.04);
    }

    [Theory]
    [InlineData(new[] { 1.0, 0, 0, 0, 0, 0, 0, 0, 2 }, new[] { 1 })]
    [InlineData(new[] { 1.0, 1, 0, 1, 1, 0, 0, 0, 2 }, new[] { 0, 1 })]
    [InlineData(new[] { 1.0, 0, 1, 0, 1, 1, 1, 1, 2 }, new[] { 0, 1, 2 })]
    public void Apply_SingularWithoutFloor_NamesTheColumns(double[] covariance, int[] columns)
    {
        SingularCovarianceException error = Assert.Throws<SingularCovarianceException>(
            () => new CovarianceFloor(Structures.Make("full", 3), 4, Options([0, 0, 0]))
            .Apply(3, [1, 0, 0, 0, 1, 0, 0, 0, 1], [.. covariance], [1, 1, 1], MomentPrecision.Unchecked, 2));
        Assert.Equal(3, error.Component);
        Assert.Equal(2, error.Iteration);
        Assert.Equal(columns, error.Columns);
        Assert.Contains(
            $"column{(columns.Length > 1 ? "s" : "")} {string.Join(", ", columns.Select(c => c + 1))}", error.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Apply_VarianceOfRoundingWithoutFloor_IsAnError()
    {
        // Values of 1e8: a variance of 1e-17 is what rounding of the mean leaves of a constant column.
        FloorOptions options = Options([0, 0]) with { Resolutions = [0, 1e8 * 1e8 * 64 * Rounding * Rounding] };
        SingularCovarianceException error = Assert.Throws<SingularCovarianceException>(
            () => new CovarianceFloor(Structures.Make("diagonal", 2), 1, options)
            .Apply(0, [1, 1], [1, 1e-17], [1, 1], MomentPrecision.Unchecked, 1));
        Assert.Equal([1], error.Columns);
    }

    [Fact]
    public void Apply_MomentsOfFewDigits_AsksForThemAnew()
    {
        MomentPrecision precision = ExpectationPlan<double>.MomentPrecision;
        CovarianceStructure full = Structures.Make("full", 2);

        // A variance that is a billionth of its second moment; a null direction whose noise the floor does not stand clear of.
        Assert.Equal(FloorOutcome.LostDigits, new CovarianceFloor(full, 1, Options([1e-6, 1e-6]))
            .Apply(0, [1, 0, 0, 1], [1e-3, 0, 0, 1], [1e6, 1], precision, 1));
        double[] singular = [1, 1, 1, 1];
        Assert.Equal(FloorOutcome.LostDigits, new CovarianceFloor(full, 1, Options([1e-12, 1e-12]))
            .Apply(0, [1, 0, 0, 1], singular, [1e4, 1e4], precision, 1));
        Assert.Equal([1, 1, 1, 1], singular);
        Assert.Equal(
            FloorOutcome.VarianceFloored | FloorOutcome.EigenvaluesFloored,
            FloorOutcome.VarianceFloored | new CovarianceFloor(full, 1, Options([1e-6, 1e-6]))
            .Apply(0, [1, 0, 0, 1], singular, [1e2, 1e2], precision, 1));
    }

    private static FloorOptions Options(double[] floors) => new()
    {
        Floors = floors,
        Resolutions = new double[floors.Length],
        Target = VarianceFloorTarget.Eigenvalues,
        SingularCovariance = SingularCovarianceHandling.FloorEigenvalues,
    };

    private static double[] Broad(CovarianceStructure structure)
    {
        double[] covariance = new double[structure.CovarianceSize];
        for (int d = 0; d < structure.Dimension; d++)
        {
            covariance[structure.IsDiagonalStorage ? d : (d * structure.Dimension) + d] = 10;
        }

        return covariance;
    }

    /// <summary>-log |Sigma| - tr(Sigma^-1 S), by Gaussian elimination.</summary>
    private static double Objective(CovarianceStructure structure, double[] sigma, double[] moment)
    {
        int n = structure.Dimension;
        double At(double[] matrix, int i, int j) => structure.IsDiagonalStorage ? i == j ? matrix[i] : 0 : matrix[(i * n) + j];
        double[,] a = new double[n, 2 * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                (a[i, j], a[i, n + j]) = (At(sigma, i, j), At(moment, i, j));
            }
        }

        double logDeterminant = 0;
        for (int p = 0; p < n; p++)
        {
            logDeterminant += Math.Log(a[p, p]);
            for (int j = 2 * n - 1; j >= p; j--)
            {
                a[p, j] /= a[p, p];
            }

            for (int i = 0; i < n; i++)
            {
                double factor = a[i, p];
                for (int j = p; j < 2 * n && i != p; j++)
                {
                    a[i, j] -= factor * a[p, j];
                }
            }
        }

        return -logDeterminant - Enumerable.Range(0, n).Sum(i => a[i, n + i]);
    }
}

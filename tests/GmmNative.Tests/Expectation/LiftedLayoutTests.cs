using GmmNative.Expectation;
using GmmNative.Interop;
using GmmNative.Tests.Support;
using Xunit;

namespace GmmNative.Tests.Expectation;

/// <summary>The layout of lifted rows, and what the choice of a form makes of it.</summary>
public sealed class LiftedLayoutTests
{
    [Theory]
    [InlineData("diagonal", 4)]
    [InlineData("full", 4)]
    [InlineData("fullBlocks", 5)]
    [InlineData("equalBlocks", 6)]
    [InlineData("unequalBlocks", 7)]
    public void LiftRow_AnyStructure_IsTheRowThenTheProductsOfEachGroup(string name, int dimension)
    {
        CovarianceStructure structure = Structures.Make(name, dimension);
        LiftedLayout map = new(structure);
        double[] row = RandomMixtures.Normals(new Random(1), dimension);
        List<double> expected = [.. row];
        int squares = 0;
        for (int g = 0; g < structure.Groups.Count; g++)
        {
            IReadOnlyList<int> group = structure.Groups[g];
            Assert.Equal(squares, map.SquareStart(g));
            squares += group.Count * group.Count;
            bool isRun = group.Count == group[^1] - group[0] + 1;
            Assert.Equal(isRun ? group[0] : -1, map.FirstOfRun(g));
            for (int a = 0; a < group.Count; a++)
            {
                for (int b = a; b < group.Count; b++)
                {
                    expected.Add(row[group[a]] * row[group[b]]);
                }
            }
        }

        Assert.Equal(expected.Count, map.Features);
        Assert.Equal(expected.Count - dimension, map.SecondMoments);
        Assert.Equal(squares, map.Squares);
        Assert.Equal(dimension, map.Dimension);
        Assert.Equal(structure.Groups.Max(group => group.Count), map.LargestGroup);
        Assert.Equal(map.LargestGroup * map.LargestGroup, map.LargestSquare);
        Assert.Equal(structure.Groups.All(group => group.Count == 1), map.AllGroupsOfOne);
        Assert.All(Enumerable.Range(0, dimension), d => Assert.Equal((-1, d), (map.Left[d], map.Right[d])));
        double[] lifted = new double[map.Features];
        map.LiftRow(row, lifted);
        Assert.Equal(expected, lifted);
    }

    [Theory]
    [InlineData(CovarianceKind.Spherical, 5, 1)]
    [InlineData(CovarianceKind.Tied, 4, 10)]
    [InlineData(CovarianceKind.TiedDiagonal, 4, 4)]
    [InlineData(CovarianceKind.TiedSpherical, 4, 1)]
    public void LiftRow_SharedCovariances_HasOnlyTheFeaturesThatDiffer(CovarianceKind kind, int features, int seconds)
    {
        LiftedLayout layout = new(new CovarianceStructure(kind, 4));
        Assert.Equal((features, seconds), (layout.Features, layout.SecondMoments));
        double[] lifted = new double[features];
        layout.LiftRow([1, -2, 3, 4], lifted);
        Assert.Equal(features == 5 ? [1, -2, 3, 4, 30] : [1, -2, 3, 4], lifted);
        for (int t = 0; t < layout.TermLeft.Length; t++)
        {
            Assert.Equal(seconds == 1 ? 0 : t, layout.SecondOf(t));
            Assert.True(kind == CovarianceKind.Tied || layout.TermLeft[t] == layout.TermRight[t]);
        }
    }

    [Theory]
    [InlineData(CovarianceKind.Diagonal, 0)]
    [InlineData(CovarianceKind.Diagonal, 1)]
    [InlineData(CovarianceKind.Full, 0)]
    [InlineData(CovarianceKind.Full, 1)]
    public void Fit_RowsFarOutInOneCoordinate_LeavesTheProductsForThem(CovarianceKind covariance, int coordinate)
    {
        // On both sides, so that the mean stays: only the square of the coordinate says that digits are lost.
        Random random = new(1);
        double[] rows = RandomMixtures.Normals(random, 2 * 20_000);
        for (int t = 0; t < 4; t++)
        {
            rows[(2 * t) + coordinate] = t % 2 == 0 ? 1e5 : -1e5;
        }

        GaussianMixture start = covariance == CovarianceKind.Diagonal
            ? new(new CovarianceStructure(covariance, 2), [0.5, 0.5], [-1, 0.5, 1, -0.5], [1, 1, 1, 1])
            : new(new CovarianceStructure(covariance, 2), [0.5, 0.5], [-1, 0.5, 1, -0.5], [1, 0, 0, 1, 1, 0, 0, 1]);
        GmmOptions options = new()
        {
            Covariance = new() { Kind = covariance },
            Stopping = new() { Iterations = 1 },
            Execution = new ExecutionOptions { Backend = Backends.Managed },
        };
        GmmFitResult result = new GaussianMixtureTrainer(2, options).Fit(VectorSource.From((ReadOnlyMemory<double>)rows, 2), start);
        Assert.Equal("mixed", result.Diagnostics.Path);
        Assert.InRange(result.Diagnostics.CenteredShare, 0.001, 0.1);
    }
}

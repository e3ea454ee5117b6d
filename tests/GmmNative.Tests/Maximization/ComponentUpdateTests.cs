using GmmNative.Expectation;
using GmmNative.Maximization;
using GmmNative.Statistics;
using GmmNative.Tests.Support;
using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Tests.Maximization;

/// <summary>The update of one component from moments about either origin, or both, against the definition in 31 digits.</summary>
public sealed class ComponentUpdateTests
{
    private const int Components = 3;
    private const int Rows = 14;

    /// <summary>Structure, D, and which rows are summed about the shift: all, none, or every other one.</summary>
    public static TheoryData<string, int, string> Cases
    {
        get
        {
            TheoryData<string, int, string> data = [];
            foreach (string structure in Structures.Names)
            {
                foreach (int dimension in (int[])[2, 3, 6])
                {
                    foreach (string summed in (string[])["about the shift", "about the origin", "about both"])
                    {
                        data.Add(structure, dimension, summed);
                    }
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Run_MomentsAboutAnyOrigin_GivesMeanAndCovarianceOfTheRows(string structure, int dimension, string summed) =>
        Check(structure, dimension, summed, prior: 0);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Run_WithABackgroundModel_CountsItAsFurtherRows(string structure, int dimension, string summed) =>
        Check(structure, dimension, summed, prior: 1.75);

    [Fact]
    public void Run_OneComponentAfterTheOther_KeepsNothingOfTheFirst()
    {
        // The first one has moments of both kinds, the second one about the shift only, though both kinds are there.
        CovarianceStructure structure = Structures.Make("full", 2);
        GaussianMixture model = RandomMixtures.Model(new Random(2), structure, 2);
        LiftedLayout map = new(structure);
        double[] shift = [3, -2];
        MomentOrigins origins = MomentOrigins.Means(model);
        SufficientStatistics statistics = new(map, 2, shift, origins);
        double[] rows = RandomMixtures.Normals(new Random(3), 2 * 8);
        double[] posteriors = [1, 0.5, 1, 0.25, 1, 1, 0.75, 1];
        for (int t = 0; t < 8; t++)
        {
            ReadOnlySpan<double> row = rows.AsSpan(2 * t, 2);
            PlainStatistics.AddAboutOrigin(statistics, 0, 1, row, origins.Origin(0));
            PlainStatistics.AddAboutShift(statistics, 0, 1, row, shift);
            PlainStatistics.AddAboutShift(statistics, 1, posteriors[t], row, shift);
        }

        ComponentUpdate update = new(model, Options(2));
        ComponentMoments moments = new(map);
        double[] mean = new double[2];
        update.Run(0, statistics.Component(0, moments), mean, new double[4]);
        double[] covariance = new double[4];
        update.Run(1, statistics.Component(1, moments), mean, covariance);
        DoubleDouble[] expected = PlainStatistics.Mean(posteriors, rows);
        for (int i = 0; i < 2; i++)
        {
            Assert.Equal(expected[i].High, mean[i], 1e-14);
            Assert.Equal(PlainStatistics.Second(posteriors, rows, [shift[0], shift[1]], i, i).High, update.Seconds[i], 1e-13);
            for (int j = 0; j < 2; j++)
            {
                Assert.Equal(PlainStatistics.Second(posteriors, rows, expected, i, j).High, covariance[(2 * i) + j], 1e-13);
            }
        }
    }

    [Theory]
    [InlineData(0.25)]
    [InlineData(1e-6)]
    public void Run_LittleOfTheRowsAboutTheShift_CountsIt(double posterior)
    {
        // One row about the shift, of less weight than a whole one.
        CovarianceStructure structure = Structures.Make("diagonal", 1);
        GaussianMixture model = new(structure, [1.0], [0.0], [1.0]);
        LiftedLayout map = new(structure);
        SufficientStatistics statistics = new(map, 1, [600], MomentOrigins.Means(model));
        PlainStatistics.AddAboutOrigin(statistics, 0, 1, [1], model.Mean(0));
        PlainStatistics.AddAboutShift(statistics, 0, posterior, [1000], [600]);
        double[] mean = new double[1];
        double[] variance = new double[1];
        new ComponentUpdate(model, Options(1)).Run(0, statistics.Component(0, new ComponentMoments(map)), mean, variance);
        DoubleDouble[] expected = PlainStatistics.Mean([1, posterior], [1, 1000]);
        Assert.Equal(1, mean[0] / expected[0].High, 1e-14);
        Assert.Equal(1, variance[0] / PlainStatistics.Second([1, posterior], [1, 1000], expected, 0, 0).High, 1e-12);
    }

    private static void Check(string name, int dimension, string summed, double prior)
    {
        CovarianceStructure structure = Structures.Make(name, dimension);
        Random random = new((dimension * 7) + summed.Length);
        GaussianMixture model = RandomMixtures.Model(random, structure, Components);
        GaussianMixture ubm = RandomMixtures.Model(random, structure, Components, offset: 2);
        LiftedLayout map = new(structure);
        MomentOrigins origins = MomentOrigins.Means(model);
        double[] shift = [.. RandomMixtures.Normals(random, dimension).Select(x => 5 + x)];
        double[] rows = RandomMixtures.Rows(random, model, Rows);
        double[][] posteriors = new double[Components][];
        SufficientStatistics statistics = new(map, Components, shift, origins);
        bool isAboutOrigin = summed != "about the shift";
        for (int k = 0; k < Components; k++)
        {
            posteriors[k] = [.. Enumerable.Range(0, Rows).Select(_ => random.NextDouble())];
            for (int t = 0; t < Rows; t++)
            {
                ReadOnlySpan<double> row = rows.AsSpan(t * dimension, dimension);
                if (isAboutOrigin && (t % 2 == 0 || summed == "about the origin"))
                {
                    PlainStatistics.AddAboutOrigin(statistics, k, posteriors[k][t], row, origins.Origin(k));
                }
                else
                {
                    PlainStatistics.AddAboutShift(statistics, k, posteriors[k][t], row, shift);
                }
            }
        }

        ComponentUpdate update = new(model, Options(dimension));
        ComponentMoments moments = new(map);
        for (int k = 0; k < Components; k++)
        {
            double[] mean = new double[dimension];
            double[] covariance = new double[structure.CovarianceSize];
            statistics.Component(k, moments);
            if (prior > 0)
            {
                moments.AddRows(prior, prior, ubm, k);
            }

            update.Run(k, moments, mean, covariance);
            double[]? priorMean = prior > 0 ? ubm.Mean(k).ToArray() : null;
            DoubleDouble[] expected = PlainStatistics.Mean(posteriors[k], rows, prior, priorMean);
            DoubleDouble[] origin = [.. (isAboutOrigin ? origins.Origin(k).ToArray() : shift).Select(x => (DoubleDouble)x)];
            for (int i = 0; i < dimension; i++)
            {
                Assert.Equal(expected[i].High, mean[i], 1e-13);
                double variance = ubm.CovarianceAt(k, i, i);
                Assert.Equal(
                    PlainStatistics.Second(posteriors[k], rows, origin, i, i, prior, priorMean, variance).High, update.Seconds[i], 1e-11);
                for (int j = 0; j < dimension; j++)
                {
                    double actual = structure.IsDiagonalStorage ? i == j ? covariance[i] : 0 : covariance[(i * dimension) + j];
                    double second = structure.IsKept(i, j)
                        ? PlainStatistics.Second(posteriors[k], rows, expected, i, j, prior, priorMean, ubm.CovarianceAt(k, i, j)).High
                        : 0;
                    Assert.Equal(second, actual, 1e-11);
                }
            }
        }
    }

    private static UpdateOptions Options(int dimension) => new()
    {
        WeightFloor = 0,
        Threads = 1,
        Floors = new FloorOptions
        {
            Floors = new double[dimension],
            Resolutions = new double[dimension],
            Target = VarianceFloorTarget.Eigenvalues,
            SingularCovariance = SingularCovarianceHandling.Throw,
        },
    };
}

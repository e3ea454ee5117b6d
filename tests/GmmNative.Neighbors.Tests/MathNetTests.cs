using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace GmmNative.Neighbors.Tests;

/// <summary>Mixtures and rows as matrices of Math.NET Numerics.</summary>
public sealed class MathNetTests
{
    private static readonly double[,] Numbers = { { 1, 2.5, 0 }, { 0.5, 1.75, 1 }, { 8, 9, 0.25 }, { 8.5, 8.75, 0 }, { 7.5, 9.25, 2 } };

    private static readonly GaussianMixture Model = new(
        new CovarianceStructure(CovarianceKind.Full, 2), [0.25, 0.75], [0, 1, 4, 5], [1, 0.5, 0.5, 2, 3, 0, 0, 1]);

    [Fact]
    public void ToVectorSource_DenseSparseAndSingle_HaveTheRows()
    {
        Matrix<float> single = Matrix<float>.Build.Dense(5, 3, (i, j) => (float)Numbers[i, j]);
        foreach (IVectorSource source in (IVectorSource[])
            [
                Matrix<double>.Build.DenseOfArray(Numbers).ToVectorSource(), Matrix<double>.Build.SparseOfArray(Numbers).ToVectorSource(),
                single.ToVectorSource(),
            ])
        {
            Assert.Equal((3, 5L), (source.Dimension, source.RowCount));
            double[] rows = new double[15];
            using IVectorReader reader = source.OpenReader();
            Assert.Equal(5, reader.Read(rows));
            Assert.Equal(Numbers.Cast<double>(), rows);
        }
    }

    [Fact]
    public void Parameters_ThereAndBack_AreTheSame()
    {
        GaussianMixture again = MathNetMixture.Create(
            Model.GetWeightVector(), Model.GetMeanMatrix(), [Model.GetCovarianceMatrix(0), Model.GetCovarianceMatrix(1)]);
        Assert.Equal(Model.Weights.ToArray(), again.Weights.ToArray());
        Assert.Equal(Model.Means.ToArray(), again.Means.ToArray());
        Assert.Equal(Model.Covariances.ToArray(), again.Covariances.ToArray());
        Assert.Equal(4, Model.GetMeanMatrix()[1, 0]);
    }

    [Fact]
    public void GetCovarianceMatrix_SharedVariance_IsWhole()
    {
        GaussianMixture spherical = new(new CovarianceStructure(CovarianceKind.TiedSpherical, 3), [0.5, 0.5], new double[6], [2]);
        Assert.Equal(2 * Matrix<double>.Build.DenseIdentity(3), spherical.GetCovarianceMatrix(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => spherical.GetCovarianceMatrix(2));
    }

    [Fact]
    public void Results_AreThoseOfTheModel()
    {
        Matrix<double> rows = Matrix<double>.Build.DenseOfArray(new double[,] { { 0, 1 }, { 3.5, 5 }, { 9, -1 } });
        Assert.Equal(Model.LogDensities(rows.ToArray()), Model.GetLogDensityVector(rows).ToArray());
        Assert.Equal(Model.Posteriors(rows.ToArray()), Model.GetPosteriorMatrix(rows).ToArray());
    }

    [Fact]
    public void Create_ShapesThatDisagree_AreNamed()
    {
        Vector<double> weights = Model.GetWeightVector();
        ArgumentException e = Assert.Throws<ArgumentException>(
            () => MathNetMixture.Create(weights, Model.GetMeanMatrix(), [Model.GetCovarianceMatrix(0)]));
        Assert.Contains("2 weights, 2 rows of means and 1 covariances", e.Message, StringComparison.Ordinal);
        e = Assert.Throws<ArgumentException>(() => MathNetMixture.Create(
            weights, Model.GetMeanMatrix(), [Model.GetCovarianceMatrix(0), Matrix<double>.Build.DenseIdentity(3)]));
        Assert.Contains("component 1 is 3 x 3", e.Message, StringComparison.Ordinal);
    }
}

using MathNet.Numerics.LinearAlgebra;

namespace GmmNative;

/// <summary>Converts between mixtures and the matrices and vectors of Math.NET Numerics. All results are copies.</summary>
/// <example>
/// <code>
/// Matrix&lt;double&gt; rows = Matrix&lt;double&gt;.Build.DenseOfArray(new double[,] { { 1, 2 }, { 0.9, 1.8 }, { 8.1, 9 }, { 8.4, 8.8 } });
/// GaussianMixture model = GaussianMixture.Fit(rows.ToVectorSource(), components: 1);
/// double determinant = model.GetCovarianceMatrix(component: 0).Determinant();
/// </code>
/// </example>
public static class MathNetMixture
{
    /// <summary>Copies the rows of a matrix, dense or sparse, into memory as a vector source.</summary>
    /// <param name="rows">T x D.</param>
    public static IRandomAccessVectorSource ToVectorSource(this Matrix<double> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return VectorSource.From(rows.ToRowMajorArray(), rows.ColumnCount);
    }

    /// <summary>Copies the rows of a matrix in single precision into memory as a vector source.</summary>
    /// <inheritdoc cref="ToVectorSource(Matrix{double})"/>
    public static IRandomAccessVectorSource ToVectorSource(this Matrix<float> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return VectorSource.From(rows.ToRowMajorArray(), rows.ColumnCount);
    }

    /// <summary>Returns the K weights, which sum to 1.</summary>
    /// <param name="model">The mixture.</param>
    public static Vector<double> GetWeightVector(this GaussianMixture model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return Vector<double>.Build.Dense(model.Weights.ToArray());
    }

    /// <summary>Returns the means, K x D.</summary>
    /// <param name="model">The mixture.</param>
    public static Matrix<double> GetMeanMatrix(this GaussianMixture model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return Matrix<double>.Build.DenseOfRowMajor(model.ComponentCount, model.Dimension, model.Means.ToArray());
    }

    /// <summary>
    /// Returns the covariance of a component, D x D, for every covariance type. Entries that the type does not keep are 0.
    /// </summary>
    /// <param name="model">The mixture.</param>
    /// <param name="component">The component, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="component"/> is out of range.</exception>
    public static Matrix<double> GetCovarianceMatrix(this GaussianMixture model, int component)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentOutOfRangeException.ThrowIfNegative(component);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(component, model.ComponentCount);
        return Matrix<double>.Build.Dense(
            model.Dimension, model.Dimension, (row, column) => model.CovarianceAt(component, row, column));
    }

    /// <summary>Computes the posterior probability of each component for each row.</summary>
    /// <param name="model">The mixture.</param>
    /// <param name="rows">T x D.</param>
    /// <returns>T x K; each row sums to 1.</returns>
    /// <exception cref="VectorDataException">The rows have another dimension, or contain a value that is not finite.</exception>
    public static Matrix<double> GetPosteriorMatrix(this GaussianMixture model, Matrix<double> rows)
    {
        ArgumentNullException.ThrowIfNull(model);
        return Matrix<double>.Build.DenseOfArray(model.Posteriors(rows.ToVectorSource()));
    }

    /// <summary>Computes the log-density of each row, in nats.</summary>
    /// <param name="model">The mixture.</param>
    /// <param name="rows">T x D.</param>
    /// <returns>T log-densities.</returns>
    /// <exception cref="VectorDataException">The rows have another dimension, or contain a value that is not finite.</exception>
    public static Vector<double> GetLogDensityVector(this GaussianMixture model, Matrix<double> rows)
    {
        ArgumentNullException.ThrowIfNull(model);
        return Vector<double>.Build.Dense(model.LogDensities(rows.ToVectorSource()));
    }

    /// <summary>Creates a mixture with full covariances.</summary>
    /// <param name="weights">K weights, not negative, with a sum of 1 within 1e-6.</param>
    /// <param name="means">K x D.</param>
    /// <param name="covariances">K matrices, D x D, symmetric and positive definite.</param>
    /// <exception cref="ArgumentException">The shapes do not agree.</exception>
    /// <exception cref="InvalidMixtureException">The numbers are not a mixture. The message names the component.</exception>
    public static GaussianMixture Create(Vector<double> weights, Matrix<double> means, IReadOnlyList<Matrix<double>> covariances)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(means);
        ArgumentNullException.ThrowIfNull(covariances);
        int dimension = means.ColumnCount;
        if (means.RowCount != weights.Count || covariances.Count != weights.Count)
        {
            throw new ArgumentException(
                $"There are {weights.Count} weights, {means.RowCount} rows of means and {covariances.Count} covariances; "
                + "K components have K of each.");
        }

        for (int k = 0; k < covariances.Count; k++)
        {
            if (covariances[k].RowCount != dimension || covariances[k].ColumnCount != dimension)
            {
                throw new ArgumentException(
                    $"The covariance of component {k} is {covariances[k].RowCount} x {covariances[k].ColumnCount}, "
                    + $"but the means have {dimension} coordinates.", nameof(covariances));
            }
        }

        return new GaussianMixture(
            new CovarianceStructure(CovarianceKind.Full, dimension), weights.ToArray(), means.ToRowMajorArray(),
            [.. covariances.SelectMany(covariance => covariance.ToRowMajorArray())]);
    }
}

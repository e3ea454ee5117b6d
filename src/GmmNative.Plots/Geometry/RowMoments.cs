namespace GmmNative.Plots.Geometry;

/// <summary>The mean and the covariance of a distribution of rows.</summary>
/// <param name="Mean">The mean: D.</param>
/// <param name="Covariance">The covariance: D x D.</param>
internal sealed record RowMoments(double[] Mean, double[,] Covariance)
{
    /// <summary>The moments of a mixture: those of the rows that it describes.</summary>
    public static RowMoments Of(GaussianMixture model)
    {
        int dimension = model.Dimension;
        double[] mean = new double[dimension];
        for (int k = 0; k < model.ComponentCount; k++)
        {
            AddMean(mean, model.Mean(k), model.Weights.Span[k]);
        }

        double[,] covariance = new double[dimension, dimension];
        for (int k = 0; k < model.ComponentCount; k++)
        {
            double weight = model.Weights.Span[k];
            AddSquares(covariance, mean, model.Mean(k), weight);
            for (int i = 0; i < dimension; i++)
            {
                for (int j = 0; j < dimension; j++)
                {
                    covariance[i, j] += weight * model.CovarianceAt(k, i, j);
                }
            }
        }

        return new RowMoments(mean, covariance);
    }

    /// <summary>The moments of rows.</summary>
    public static RowMoments Of(SampledRows rows)
    {
        double total = rows.TotalWeight;
        double[] mean = new double[rows.Dimension];
        for (int t = 0; t < rows.Count; t++)
        {
            AddMean(mean, rows.Row(t), rows.Weight(t) / total);
        }

        double[,] covariance = new double[rows.Dimension, rows.Dimension];
        for (int t = 0; t < rows.Count; t++)
        {
            AddSquares(covariance, mean, rows.Row(t), rows.Weight(t) / total);
        }

        return new RowMoments(mean, covariance);
    }

    private static void AddMean(double[] mean, ReadOnlySpan<double> row, double weight)
    {
        for (int d = 0; d < mean.Length; d++)
        {
            mean[d] += weight * row[d];
        }
    }

    private static void AddSquares(double[,] covariance, double[] mean, ReadOnlySpan<double> row, double weight)
    {
        for (int i = 0; i < mean.Length; i++)
        {
            for (int j = 0; j < mean.Length; j++)
            {
                covariance[i, j] += weight * (row[i] - mean[i]) * (row[j] - mean[j]);
            }
        }
    }
}

using GmmNative.Interop;

namespace GmmNative.Cli.Output;

/// <summary>The figures of a model that <c>gmm info</c> shows, by component.</summary>
internal sealed class ModelSummary
{
    /// <summary>Computes the summary.</summary>
    public ModelSummary(GaussianMixture model)
    {
        Model = model;
        LogDeterminants = new double[model.ComponentCount];
        StandardDeviations = new double[model.ComponentCount, model.Dimension];
        for (int k = 0; k < model.ComponentCount; k++)
        {
            Measure(k);
        }

        ByWeight = [.. Enumerable.Range(0, model.ComponentCount).OrderByDescending(k => model.Weights.Span[k])];
    }

    /// <summary>The model.</summary>
    public GaussianMixture Model { get; }

    /// <summary>The natural logarithm of the determinant of each covariance.</summary>
    public double[] LogDeterminants { get; }

    /// <summary>The square roots of the variances: K x D.</summary>
    public double[,] StandardDeviations { get; }

    /// <summary>The components in descending order of their weights.</summary>
    public int[] ByWeight { get; }

    private void Measure(int k)
    {
        int dimension = Model.Dimension;
        for (int d = 0; d < dimension; d++)
        {
            double variance = Model.CovarianceAt(k, d, d);
            StandardDeviations[k, d] = Math.Sqrt(variance);
            LogDeterminants[k] += Math.Log(variance);
        }

        if (!Model.Structure.Storage.HoldsVariances)
        {
            LogDeterminants[k] = LogDeterminant(Model.Covariance(k), dimension);
        }
    }

    private static double LogDeterminant(ReadOnlySpan<double> covariance, int dimension)
    {
        double[] factor = covariance.ToArray();
        if (Backends.Managed.DoubleOperations.Cholesky(dimension, factor, dimension) != 0)
        {
            return double.NegativeInfinity;
        }

        double sum = 0;
        for (int d = 0; d < dimension; d++)
        {
            sum += 2 * Math.Log(factor[d * (dimension + 1)]);
        }

        return sum;
    }
}

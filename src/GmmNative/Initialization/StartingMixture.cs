namespace GmmNative.Initialization;

/// <summary>Makes starting models from means and variances.</summary>
internal static class StartingMixture
{
    /// <summary>Makes a model with equal weights, the given means, and variances without correlations, raised to the floors.</summary>
    /// <param name="context">The structure and the floors.</param>
    /// <param name="means">K x D.</param>
    /// <param name="variances">Returns the D variances of a component.</param>
    public static GaussianMixture Uncorrelated(InitializationContext context, double[] means, Func<int, double[]> variances)
    {
        int dimension = context.Dimension;
        CovarianceStructure diagonal = new(CovarianceKind.Diagonal, dimension);
        double[] weights = new double[context.Components];
        weights.AsSpan().Fill(1.0 / weights.Length);
        double[] covariances = diagonal.Storage.Allocate(weights.Length);
        for (int k = 0; k < weights.Length; k++)
        {
            double[] own = variances(k);
            for (int d = 0; d < dimension; d++)
            {
                double variance = Math.Max(own[d], context.Maximization.Floors.Floors[d]);

                // Constant data with a floor of 0 provides no scale, so any variance would do. 1 is used.
                covariances[(k * dimension) + d] = variance > 0 ? variance : 1;
            }
        }

        return GaussianMixture.FromTrusted(diagonal, weights, means, covariances).WithStructure(context.Structure);
    }
}

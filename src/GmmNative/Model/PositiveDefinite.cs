namespace GmmNative.Model;

/// <summary>Whether covariances are positive definite. Always on the managed operations: the same everywhere.</summary>
internal static class PositiveDefinite
{
    /// <summary>Whether a covariance, as stored, is positive definite, group by group.</summary>
    public static bool IsPositiveDefinite(
        CovarianceStructure structure, ReadOnlySpan<double> covariance, CancellationToken cancellationToken = default)
    {
        foreach (int[] group in structure.GroupArrays)
        {
            int n = group.Length;
            double[] matrix = Gather(structure, group, covariance);

            // Rounding alone can fail a matrix that is nearly singular: more digits decide.
            if (!CancellableCholesky.Exists(n, matrix, cancellationToken)
                && !(n <= AccurateCholesky.LargestOrder && AccurateCholesky.TryFactor(n, Gather(structure, group, covariance))))
            {
                return false;
            }
        }

        return true;
    }

    private static double[] Gather(CovarianceStructure structure, int[] group, ReadOnlySpan<double> covariance)
    {
        double[] matrix = new double[group.Length * group.Length];
        structure.Storage.ReadGroup(covariance, group, matrix);
        return matrix;
    }
}

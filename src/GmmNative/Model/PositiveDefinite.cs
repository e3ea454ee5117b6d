namespace GmmNative.Model;

/// <summary>
/// Checks that covariances are positive definite. Always uses the managed operations, so that the result is the same everywhere.
/// </summary>
internal static class PositiveDefinite
{
    /// <summary>Returns whether a covariance in its storage layout is positive definite, group by group.</summary>
    public static bool IsPositiveDefinite(
        CovarianceStructure structure, ReadOnlySpan<double> covariance, CancellationToken cancellationToken = default)
    {
        foreach (int[] group in structure.GroupArrays)
        {
            int n = group.Length;
            double[] matrix = Gather(structure, group, covariance);

            // Rounding alone can make the test fail for a matrix that is nearly singular, so the test is repeated with more digits.
            if (!CancellableCholesky.Exists(n, matrix, cancellationToken)
                && !(n <= AccurateCholesky.MaximumOrder && AccurateCholesky.TryFactor(n, Gather(structure, group, covariance))))
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

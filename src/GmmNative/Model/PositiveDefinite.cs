using System.Runtime.CompilerServices;

namespace GmmNative.Model;

/// <summary>Whether covariances are positive definite. Always on the managed operations: the same everywhere.</summary>
internal static class PositiveDefinite
{
    /// <summary>Whether a D x D covariance is positive definite, group by group.</summary>
    public static bool IsPositiveDefinite(
        CovarianceStructure structure, ReadOnlySpan<double> covariance, CancellationToken cancellationToken = default)
    {
        foreach (int[] group in structure.GroupArrays)
        {
            int n = group.Length;
            double[] matrix = Gather(structure.Dimension, group, covariance);

            // Rounding alone can fail a matrix that is nearly singular: more digits decide.
            if (!CancellableCholesky.Exists(n, matrix, cancellationToken)
                && !(n <= AccurateCholesky.LargestOrder && AccurateCholesky.TryFactor(n, Gather(structure.Dimension, group, covariance))))
            {
                return false;
            }
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double[] Gather(int dimension, int[] group, ReadOnlySpan<double> covariance)
    {
        int n = group.Length;
        double[] matrix = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                matrix[(i * n) + j] = covariance[(group[i] * dimension) + group[j]];
            }
        }

        return matrix;
    }
}

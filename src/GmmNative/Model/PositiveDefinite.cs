using GmmNative.Interop;

namespace GmmNative;

/// <summary>Whether covariances are positive definite, and the nearest that are. Always on the managed operations: few, small, and the same everywhere.</summary>
internal static class PositiveDefinite
{
    /// <summary>Whether a D x D covariance is positive definite, group by group.</summary>
    public static bool IsPositiveDefinite(CovarianceStructure structure, ReadOnlySpan<double> covariance)
    {
        foreach (int[] group in structure.GroupArrays)
        {
            int n = group.Length;
            double[] matrix = Gather(structure.Dimension, group, covariance);
            if (Backends.Managed.DoubleOperations.Cholesky(n, matrix, n) != 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Raises the eigenvalues of those groups of a D x D covariance that are not positive definite to a floor.</summary>
    /// <returns>Whether the covariance is now positive definite; a floor of 0 cannot make it so.</returns>
    public static bool FloorEigenvalues(CovarianceStructure structure, Span<double> covariance, double floor)
    {
        int dimension = structure.Dimension;
        foreach (int[] group in structure.GroupArrays)
        {
            int n = group.Length;
            double[] matrix = Gather(dimension, group, covariance);
            double[] trial = [.. matrix];
            if (Backends.Managed.DoubleOperations.Cholesky(n, trial, n) == 0)
            {
                continue;
            }

            double[] floored = SymmetricEigen.WithFlooredEigenvalues(n, matrix, floor);
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j < n; j++)
                {
                    covariance[(group[i] * dimension) + group[j]] = floored[(i * n) + j];
                }
            }
        }

        return IsPositiveDefinite(structure, covariance);
    }

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

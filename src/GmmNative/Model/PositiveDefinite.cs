using System.Runtime.CompilerServices;
using GmmNative.Interop;

namespace GmmNative;

/// <summary>Whether covariances are positive definite, and the nearest that are. Always on the managed operations: few, small, and the same everywhere.</summary>
internal static class PositiveDefinite
{
    private const double Rounding = 1.0 / (1L << 52);

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

    /// <summary>
    /// Whether a D x D covariance is positive definite by more than rounding, group by group: one that passes by luck here could fail in
    /// the next E-step, on another backend's order of summation, and its density would be noise.
    /// </summary>
    public static bool IsSafelyPositiveDefinite(CovarianceStructure structure, ReadOnlySpan<double> covariance)
    {
        foreach (int[] group in structure.GroupArrays)
        {
            if (!IsSafelyPositiveDefinite(group.Length, Gather(structure.Dimension, group, covariance)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// Raises the eigenvalues of those groups of a D x D covariance that are not safely positive definite to a floor, and where the floor
    /// is lost in the rounding of much larger variances, those of their correlations to what rounding keeps.
    /// </summary>
    /// <returns>Whether the covariance is now safely positive definite; a floor of 0 cannot make it so.</returns>
    public static bool FloorEigenvalues(CovarianceStructure structure, Span<double> covariance, double floor)
    {
        int dimension = structure.Dimension;
        foreach (int[] group in structure.GroupArrays)
        {
            int n = group.Length;
            double[] matrix = Gather(dimension, group, covariance);
            if (IsSafelyPositiveDefinite(n, [.. matrix]))
            {
                continue;
            }

            if (!(floor > 0))
            {
                return false;
            }

            double[] floored = SymmetricEigen.WithFlooredEigenvalues(n, matrix, floor);
            if (!IsSafelyPositiveDefinite(n, [.. floored]))
            {
                floored = WithFlooredCorrelations(n, floored, floor);
            }

            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j < n; j++)
                {
                    covariance[(group[i] * dimension) + group[j]] = floored[(i * n) + j];
                }
            }
        }

        return IsSafelyPositiveDefinite(structure, covariance);
    }

    /// <summary>Whether each pivot exceeds what rounding may make of zero; overwrites the matrix.</summary>
    private static bool IsSafelyPositiveDefinite(int n, double[] matrix)
    {
        double[] diagonal = [.. Enumerable.Range(0, n).Select(i => matrix[(i * n) + i])];
        if (Backends.Managed.DoubleOperations.Cholesky(n, matrix, n) != 0)
        {
            return false;
        }

        for (int i = 0; i < n; i++)
        {
            double pivot = matrix[(i * n) + i];
            if (!(pivot * pivot > 2 * n * Rounding * diagonal[i]) && n > 1)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>In units of each coordinate's deviation, so that a coordinate of small scale is not drowned by one of large.</summary>
    private static double[] WithFlooredCorrelations(int n, double[] matrix, double floor)
    {
        double[] deviations = new double[n];
        for (int i = 0; i < n; i++)
        {
            deviations[i] = Math.Sqrt(Math.Max(matrix[(i * n) + i], floor));
        }

        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                matrix[(i * n) + j] /= deviations[i] * deviations[j];
            }
        }

        double[] correlations = SymmetricEigen.WithFlooredEigenvalues(n, matrix, 32 * n * Rounding);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                correlations[(i * n) + j] *= deviations[i] * deviations[j];
            }
        }

        return correlations;
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

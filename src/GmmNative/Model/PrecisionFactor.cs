using GmmNative.Interop;
using GmmNative.Interop.Seam;

namespace GmmNative.Model;

/// <summary>Computes the factor U of the inverse of a covariance, U U' = Sigma^-1, as scikit-learn stores it.</summary>
internal static class PrecisionFactor
{
    /// <summary>Computes U = (L^-1)' from the Cholesky factor L of a covariance, and the inverse itself.</summary>
    /// <param name="n">D.</param>
    /// <param name="covariance">D x D, symmetric and positive definite.</param>
    /// <param name="factor">Receives U, D x D, upper triangular.</param>
    /// <param name="precision">Receives the inverse, D x D.</param>
    /// <exception cref="InvalidMixtureException">Rounding hides that the covariance is positive definite.</exception>
    public static void Compute(int n, ReadOnlySpan<double> covariance, Span<double> factor, Span<double> precision)
    {
        double[] lower = covariance.ToArray();
        IDenseOperations<double> operations = Backends.Managed.DoubleOperations;
        if (operations.Cholesky(n, lower, n) != 0)
        {
            // The second attempt factors in pairs of doubles, which resolve what rounding hides here.
            covariance.CopyTo(lower);
            if (!AccurateCholesky.TryFactor(n, lower))
            {
                throw new InvalidMixtureException("A covariance has no Cholesky factor in double precision: raise its small eigenvalues.");
            }
        }

        Invert(n, lower, factor);
        Multiply(n, factor, precision);
    }

    /// <summary>Solves L x = e_j for each j. Row j of the result is the column of the inverse.</summary>
    private static void Invert(int n, ReadOnlySpan<double> lower, Span<double> factor)
    {
        for (int j = 0; j < n; j++)
        {
            Span<double> x = factor.Slice(j * n, n);
            x.Clear();
            for (int i = j; i < n; i++)
            {
                double sum = i == j ? 1 : 0;
                for (int m = j; m < i; m++)
                {
                    sum -= lower[(i * n) + m] * x[m];
                }

                x[i] = sum / lower[(i * n) + i];
            }
        }
    }

    private static void Multiply(int n, ReadOnlySpan<double> factor, Span<double> precision)
    {
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                // Row i of U is zero before column i.
                double sum = 0;
                for (int m = i; m < n; m++)
                {
                    sum += factor[(i * n) + m] * factor[(j * n) + m];
                }

                precision[(i * n) + j] = precision[(j * n) + i] = sum;
            }
        }
    }
}

using System.Numerics.Tensors;

namespace GmmNative.Model;

/// <summary>
/// Computes eigenvalues of symmetric matrices. Matrices of up to <see cref="MaximumOrderForJacobi"/> rows are diagonalized by cyclic Jacobi
/// rotations (Golub and Van Loan, Matrix Computations, 8.5), which are accurate, rarely needed, and too slow for larger matrices.
/// </summary>
internal static class SymmetricEigen
{
    private const int MaximumOrderForJacobi = 64;

    // Convergence is quadratic: ten sweeps are enough for any order here. Rounding keeps the off-diagonal entries of a null space above the
    // threshold of Rotate, so that without a limit the rotations of a singular matrix would never end.
    private const int MaximumSweeps = 14;

    /// <summary>
    /// Computes the matrix to add so that no eigenvalue is below a floor: the sum of (floor - e) v v' over the eigenvalues e below the
    /// floor, with their eigenvectors v.
    /// </summary>
    /// <remarks>Adding it does not change the larger eigenvalues. If no eigenvalue is below the floor, no bit changes.</remarks>
    /// <param name="n">Order.</param>
    /// <param name="matrix">n x n, symmetric; overwritten.</param>
    /// <param name="floor">The floor.</param>
    /// <param name="cancellationToken">Stops the computation.</param>
    /// <returns>n x n, symmetric.</returns>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public static double[] MissingTo(int n, double[] matrix, double floor, CancellationToken cancellationToken = default)
    {
        double[] values = new double[n];
        double[] vectors = Decompose(n, matrix, values, cancellationToken);
        double[] result = new double[n * n];
        for (int e = 0; e < n; e++)
        {
            if (values[e] >= floor)
            {
                continue;
            }

            cancellationToken.ThrowIfCancellationRequested();
            ReadOnlySpan<double> vector = vectors.AsSpan(e * n, n);
            for (int i = 0; i < n; i++)
            {
                Span<double> row = result.AsSpan(i * n, i + 1);
                TensorPrimitives.MultiplyAdd(vector[..(i + 1)], (floor - values[e]) * vector[i], row, row);
            }
        }

        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < i; j++)
            {
                result[(j * n) + i] = result[(i * n) + j];
            }
        }

        return result;
    }

    /// <summary>Computes eigenvalues and eigenvectors.</summary>
    /// <param name="n">Order.</param>
    /// <param name="matrix">n x n, symmetric; overwritten.</param>
    /// <param name="values">Receives n eigenvalues, in no order.</param>
    /// <param name="cancellationToken">Stops the computation.</param>
    /// <returns>n x n: the eigenvectors as rows, in the order of the values.</returns>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public static double[] Decompose(int n, double[] matrix, double[] values, CancellationToken cancellationToken = default) =>
        n <= MaximumOrderForJacobi ? Jacobi(n, matrix, values) : TridiagonalEigen.Diagonalize(n, matrix, values, cancellationToken);

    /// <summary>Rotates the matrix to diagonal form; returns the eigenvectors as rows.</summary>
    private static double[] Jacobi(int n, double[] a, double[] values)
    {
        double[] vectors = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            vectors[(i * n) + i] = 1;
        }

        for (int sweep = 0; sweep < MaximumSweeps; sweep++)
        {
            bool rotated = false;
            for (int p = 0; p < n - 1; p++)
            {
                for (int q = p + 1; q < n; q++)
                {
                    rotated |= Rotate(n, a, vectors, p, q);
                }
            }

            if (!rotated)
            {
                break;
            }
        }

        for (int i = 0; i < n; i++)
        {
            values[i] = a[(i * n) + i];
        }

        return vectors;
    }

    /// <summary>Applies the rotation that makes entry (p, q) zero. Returns false if the entry is already negligible.</summary>
    private static bool Rotate(int n, double[] a, double[] vectors, int p, int q)
    {
        double apq = a[(p * n) + q];
        double app = a[(p * n) + p];
        double aqq = a[(q * n) + q];
        if (Math.Abs(apq) <= 1e-17 * Math.Sqrt(Math.Abs(app) * Math.Abs(aqq)) || Math.Abs(apq) < double.Epsilon / 1e-17)
        {
            return false;
        }

        double theta = (aqq - app) / (2 * apq);
        double t = Math.CopySign(1, theta) / (Math.Abs(theta) + Math.Sqrt((theta * theta) + 1));
        double c = 1 / Math.Sqrt((t * t) + 1);
        double s = t * c;
        for (int i = 0; i < n; i++)
        {
            (a[(i * n) + p], a[(i * n) + q]) = Turn(a[(i * n) + p], a[(i * n) + q], c, s);
        }

        for (int i = 0; i < n; i++)
        {
            (a[(p * n) + i], a[(q * n) + i]) = Turn(a[(p * n) + i], a[(q * n) + i], c, s);
        }

        for (int i = 0; i < n; i++)
        {
            (vectors[(p * n) + i], vectors[(q * n) + i]) = Turn(vectors[(p * n) + i], vectors[(q * n) + i], c, s);
        }

        return true;
    }

    private static (double P, double Q) Turn(double p, double q, double c, double s) => ((c * p) - (s * q), (s * p) + (c * q));
}

using System.Runtime.CompilerServices;

namespace GmmNative.Expectation.Missing;

/// <summary>
/// Cholesky factors of a few coordinates, with plain loops: calls of a library or of vector operations take longer than the arithmetic.
/// Larger orders take the vector operations of <see cref="TriangularSolve"/>.
/// </summary>
internal static class SmallCholesky
{
    /// <summary>The largest order for plain loops.</summary>
    public const int MaximumOrder = 12;

    /// <summary>Computes A = L L' in place, in the lower triangle.</summary>
    /// <param name="n">The order.</param>
    /// <param name="matrix">A: n x n, lower triangle; receives L.</param>
    /// <returns>False if A is not positive definite.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool TryFactor(int n, Span<double> matrix)
    {
        for (int i = 0; i < n; i++)
        {
            Span<double> row = matrix.Slice(i * n, i + 1);
            for (int j = 0; j <= i; j++)
            {
                ReadOnlySpan<double> other = matrix.Slice(j * n, j + 1);
                double sum = row[j];
                for (int l = 0; l < j; l++)
                {
                    sum -= row[l] * other[l];
                }

                if (i == j && !(sum > 0))
                {
                    return false;
                }

                row[j] = i == j ? Math.Sqrt(sum) : sum / other[j];
            }
        }

        return true;
    }

    /// <summary>Returns log |L L'|.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double LogDeterminant(int n, ReadOnlySpan<double> factor)
    {
        // One logarithm for several pivots, unless their product leaves the range of double.
        double product = 1;
        double half = 0;
        for (int i = 0; i < n; i++)
        {
            double pivot = factor[(i * n) + i];
            double next = product * pivot;
            if (next is > 1e-150 and < 1e150)
            {
                product = next;
            }
            else
            {
                half += Math.Log(pivot);
            }
        }

        return 2 * (half + Math.Log(product));
    }

    /// <summary>Solves L L' x = b in place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Solve(int n, ReadOnlySpan<double> factor, Span<double> x)
    {
        if (n > MaximumOrder)
        {
            TriangularSolve.Forward(n, factor, x);
            TriangularSolve.Backward(n, factor, x);
            return;
        }

        for (int i = 0; i < n; i++)
        {
            double sum = x[i];
            for (int j = 0; j < i; j++)
            {
                sum -= factor[(i * n) + j] * x[j];
            }

            x[i] = sum / factor[(i * n) + i];
        }

        for (int i = n - 1; i >= 0; i--)
        {
            double sum = x[i];
            for (int j = i + 1; j < n; j++)
            {
                sum -= factor[(j * n) + i] * x[j];
            }

            x[i] = sum / factor[(i * n) + i];
        }
    }

    /// <summary>Computes (L L')^-1, on and below the diagonal.</summary>
    /// <param name="n">The order.</param>
    /// <param name="factor">L.</param>
    /// <param name="inverse">Receives n x n numbers, of which the lower triangle is written.</param>
    /// <param name="work">At least n numbers.</param>
    public static void Invert(int n, ReadOnlySpan<double> factor, Span<double> inverse, Span<double> work)
    {
        Span<double> column = work[..n];
        for (int j = 0; j < n; j++)
        {
            column.Clear();
            column[j] = 1;
            Solve(n, factor, column);
            for (int i = j; i < n; i++)
            {
                inverse[(i * n) + j] = column[i];
            }
        }
    }
}

using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GmmNative.Model;

/// <summary>
/// Cholesky factors of ill-conditioned matrices, computed in pairs of doubles and rounded at the end.
/// </summary>
/// <remarks>
/// A factor computed in double is the exact factor of a matrix with slightly different entries. For a nearly singular matrix its
/// log-determinant is wrong in the third digit, and differs between backends. If the factor is rounded only at the end, small pivots keep
/// their digits, and log-densities agree up to rounding. This is about 15 times slower than double. The pairs are those of Dekker (1971).
/// </remarks>
internal static class AccurateCholesky
{
    /// <summary>The order up to which the additional time is acceptable.</summary>
    public const int MaximumOrder = 1000;

    /// <summary>Factors a matrix in place.</summary>
    /// <param name="n">Order.</param>
    /// <param name="matrix">n x n, lower triangle; receives L of L L'.</param>
    /// <returns>Whether the matrix is positive definite. If it is not, its contents are undefined.</returns>
    public static bool TryFactor(int n, Span<double> matrix)
    {
        double[] high = new double[n * n];
        double[] low = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            Span<double> rowHigh = high.AsSpan(i * n, n);
            Span<double> rowLow = low.AsSpan(i * n, n);
            for (int j = 0; j <= i; j++)
            {
                (double sum, double rest) = Subtract(
                    matrix[(i * n) + j], rowHigh[..j], rowLow[..j], high.AsSpan(j * n, j), low.AsSpan(j * n, j));
                if (j < i)
                {
                    (rowHigh[j], rowLow[j]) = Divide(sum, rest, high[(j * n) + j], low[(j * n) + j]);
                    continue;
                }

                if (!(sum > 0))
                {
                    return false;
                }

                (rowHigh[i], rowLow[i]) = Root(sum, rest);
            }

            rowHigh[..(i + 1)].CopyTo(matrix[(i * n)..]);
        }

        return true;
    }

    /// <summary>Computes a - x.y, where x and y are given as pairs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (double High, double Low) Subtract(
        double a, ReadOnlySpan<double> xHigh, ReadOnlySpan<double> xLow, ReadOnlySpan<double> yHigh, ReadOnlySpan<double> yLow)
    {
        Vector<double> sums = Vector<double>.Zero;
        Vector<double> rests = Vector<double>.Zero;
        int i = 0;
        for (; i <= xHigh.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            nuint at = (nuint)i;
            Vector<double> x = -Vector.LoadUnsafe(ref MemoryMarshal.GetReference(xHigh), at);
            Vector<double> y = Vector.LoadUnsafe(ref MemoryMarshal.GetReference(yHigh), at);
            Vector<double> product = x * y;
            Vector<double> error = Vector.FusedMultiplyAdd(x, y, -product);
            error += x * Vector.LoadUnsafe(ref MemoryMarshal.GetReference(yLow), at);
            error -= y * Vector.LoadUnsafe(ref MemoryMarshal.GetReference(xLow), at);
            Vector<double> sum = sums + product;
            Vector<double> part = sum - sums;
            rests += (sums - (sum - part)) + (product - part) + error;
            sums = sum;
        }

        double high = a;
        double low = 0;
        for (int lane = 0; lane < Vector<double>.Count; lane++)
        {
            low += rests[lane];
            Add(ref high, ref low, sums[lane]);
        }

        for (; i < xHigh.Length; i++)
        {
            double product = -xHigh[i] * yHigh[i];
            low += Math.FusedMultiplyAdd(-xHigh[i], yHigh[i], -product) - ((xHigh[i] * yLow[i]) + (xLow[i] * yHigh[i]));
            Add(ref high, ref low, product);
        }

        double total = high + low;
        return (total, low - (total - high));
    }

    /// <summary>Adds a number to a pair. The pair is normalized only at the end of a sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(ref double high, ref double low, double value)
    {
        double sum = high + value;
        double part = sum - high;
        low += (high - (sum - part)) + (value - part);
        high = sum;
    }

    private static (double High, double Low) Divide(double high, double low, double divisorHigh, double divisorLow)
    {
        double quotient = high / divisorHigh;
        double rest = Math.FusedMultiplyAdd(-quotient, divisorHigh, high) + low - (quotient * divisorLow);
        return (quotient, rest / divisorHigh);
    }

    private static (double High, double Low) Root(double high, double low)
    {
        double root = Math.Sqrt(high);
        return (root, (Math.FusedMultiplyAdd(-root, root, high) + low) / (2 * root));
    }
}

using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace GmmNative.Model;

/// <summary>
/// Computes eigenvalues and eigenvectors of larger symmetric matrices: Householder's reduction to tridiagonal form, then QL iterations with
/// implicit shifts (Golub and Van Loan, Matrix Computations, 2013, 8.3). Vectors are rows, so that every inner loop accesses contiguous
/// memory.
/// </summary>
internal static class TridiagonalEigen
{
    /// <summary>QL takes two or three iterations per eigenvalue. If it takes this many, the matrix is not finite.</summary>
    private const int MaximumIterations = 60;

    private const double Rounding = 1.0 / (1L << 52);

    /// <summary>Diagonalizes a symmetric matrix.</summary>
    /// <param name="n">Order.</param>
    /// <param name="a">n x n, symmetric; overwritten.</param>
    /// <param name="values">Receives n eigenvalues, in no order.</param>
    /// <param name="cancellationToken">Stops the computation.</param>
    /// <returns>n x n: the eigenvectors as rows, in the order of the values.</returns>
    /// <exception cref="ArithmeticException">The matrix is not finite.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public static double[] Diagonalize(int n, double[] a, Span<double> values, CancellationToken cancellationToken = default)
    {
        double[] offDiagonal = new double[n];
        double[] vectors = Reduce(n, a, values, offDiagonal, cancellationToken);

        // Rounding keeps the off-diagonal entries of a null space above the rounding of its own diagonal entries. The threshold is
        // therefore relative to the whole matrix.
        double negligible = Rounding * (
            Math.Abs(TensorPrimitives.MaxMagnitude<double>(values)) + Math.Abs(TensorPrimitives.MaxMagnitude<double>(offDiagonal)));
        for (int l = 0; l < n; l++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Isolate(n, l, negligible, values, offDiagonal, vectors);
        }

        return vectors;
    }

    /// <summary>
    /// Computes Q' A Q = T. Returns Q', and stores T in <paramref name="diagonal"/> and <paramref name="offDiagonal"/> (entry i couples i
    /// and i + 1).
    /// </summary>
    private static double[] Reduce(int n, double[] a, Span<double> diagonal, double[] offDiagonal, CancellationToken cancellationToken)
    {
        double[] reflectors = new double[n * n];
        double[] scales = new double[n];
        double[] w = new double[n];
        for (int k = 0; k < n - 1; k++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int m = n - k - 1;
            Span<double> v = reflectors.AsSpan((k * n) + k + 1, m);
            a.AsSpan((k * n) + k + 1, m).CopyTo(v);
            (scales[k], offDiagonal[k]) = Reflector(v);
            if (scales[k] == 0)
            {
                continue;
            }

            // A -= v w' + w v' with p = s A v, w = p - s (p.v) v / 2.
            Span<double> p = w.AsSpan(0, m);
            for (int i = 0; i < m; i++)
            {
                p[i] = scales[k] * TensorPrimitives.Dot<double>(a.AsSpan(((k + 1 + i) * n) + k + 1, m), v);
            }

            TensorPrimitives.MultiplyAdd(v, -0.5 * scales[k] * TensorPrimitives.Dot<double>(p, v), p, p);
            for (int i = 0; i < m; i++)
            {
                Span<double> row = a.AsSpan(((k + 1 + i) * n) + k + 1, m);
                TensorPrimitives.MultiplyAdd(p, -v[i], row, row);
                TensorPrimitives.MultiplyAdd(v, -p[i], row, row);
            }
        }

        for (int i = 0; i < n; i++)
        {
            diagonal[i] = a[(i * n) + i];
        }

        // Q' = ... H_1 H_0, from the last reflector to the first: rows before k + 1 still equal those of the identity.
        double[] q = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            q[(i * n) + i] = 1;
        }

        for (int k = n - 2; k >= 0; k--)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Span<double> v = reflectors.AsSpan((k * n) + k + 1, n - k - 1);
            for (int i = k + 1; i < n && scales[k] != 0; i++)
            {
                Span<double> row = q.AsSpan((i * n) + k + 1, n - k - 1);
                TensorPrimitives.MultiplyAdd(v, -scales[k] * TensorPrimitives.Dot<double>(row, v), row, row);
            }
        }

        return q;
    }

    /// <summary>Replaces x by the v of H = I - s v v' with H x = (alpha, 0, ...). Returns s and alpha.</summary>
    private static (double Scale, double Alpha) Reflector(Span<double> x)
    {
        double largest = Math.Abs(TensorPrimitives.MaxMagnitude<double>(x));
        if (x.Length < 2 || largest == 0)
        {
            return (0, x[0]);
        }

        // Scaled, so that squares do not overflow or underflow.
        TensorPrimitives.Divide(x, largest, x);
        double norm = TensorPrimitives.Norm<double>(x);
        double alpha = -Math.CopySign(norm, x[0]);
        x[0] -= alpha;
        return (2 / TensorPrimitives.SumOfSquares<double>(x), alpha * largest);
    }

    /// <summary>Repeats QL iterations until entry <paramref name="first"/> is an eigenvalue.</summary>
    private static void Isolate(int n, int first, double negligible, Span<double> d, double[] e, double[] vectors)
    {
        for (int iteration = 0; ; iteration++)
        {
            int last = first;
            while (last < n - 1 && !(Math.Abs(e[last]) <= negligible))
            {
                last++;
            }

            if (last == first)
            {
                return;
            }

            if (iteration == MaximumIterations)
            {
                throw new ArithmeticException("The eigenvalues of a matrix cannot be computed: the matrix is not finite.");
            }

            Sweep(n, first, last, d, e, vectors);
        }
    }

    /// <summary>
    /// Performs one QL iteration of the block from <paramref name="first"/> to <paramref name="last"/>, with Wilkinson's shift, and applies
    /// its rotations to the rows of the vectors.
    /// </summary>
    private static void Sweep(int n, int first, int last, Span<double> d, double[] e, double[] vectors)
    {
        double ratio = (d[first + 1] - d[first]) / (2 * e[first]);
        double g = d[last] - d[first] + (e[first] / (ratio + Math.CopySign(double.Hypot(ratio, 1), ratio)));
        double sine = 1;
        double cosine = 1;
        double p = 0;
        for (int i = last - 1; i >= first; i--)
        {
            double f = sine * e[i];
            double b = cosine * e[i];
            double r = double.Hypot(f, g);
            e[i + 1] = r;
            if (r == 0)
            {
                // The block decouples here.
                d[i + 1] -= p;
                e[last] = 0;
                return;
            }

            sine = f / r;
            cosine = g / r;
            g = d[i + 1] - p;
            r = ((d[i] - g) * sine) + (2 * cosine * b);
            p = sine * r;
            d[i + 1] = g + p;
            g = (cosine * r) - b;
            Rotate(vectors.AsSpan(i * n, n), vectors.AsSpan((i + 1) * n, n), cosine, sine);
        }

        d[first] -= p;
        e[first] = g;
        e[last] = 0;
    }

    private static void Rotate(Span<double> lower, Span<double> upper, double cosine, double sine)
    {
        ref double x = ref MemoryMarshal.GetReference(lower);
        ref double y = ref MemoryMarshal.GetReference(upper);
        int i = 0;
        for (; i <= lower.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            Vector<double> a = Vector.LoadUnsafe(ref x, (nuint)i);
            Vector<double> b = Vector.LoadUnsafe(ref y, (nuint)i);
            ((sine * a) + (cosine * b)).StoreUnsafe(ref y, (nuint)i);
            ((cosine * a) - (sine * b)).StoreUnsafe(ref x, (nuint)i);
        }

        for (; i < lower.Length; i++)
        {
            (lower[i], upper[i]) = ((cosine * lower[i]) - (sine * upper[i]), (sine * lower[i]) + (cosine * upper[i]));
        }
    }
}

using System.Numerics.Tensors;

namespace GmmNative.Expectation;

/// <summary>
/// Solves triangular systems for single vectors. The solves of the backends are for many vectors, and a different order of summation would
/// change the last digits of results that depend on one row.
/// </summary>
internal static class TriangularSolve
{
    /// <summary>Solves L y = x in place by forward substitution.</summary>
    /// <param name="n">The order of L.</param>
    /// <param name="factor">L: n x n, lower triangle.</param>
    /// <param name="x">x; receives y.</param>
    public static void Forward(int n, ReadOnlySpan<double> factor, Span<double> x)
    {
        for (int i = 0; i < n; i++)
        {
            x[i] = (x[i] - TensorPrimitives.Dot(factor.Slice(i * n, i), x[..i])) / factor[(i * n) + i];
        }
    }

    /// <summary>Solves L' z = y in place by back substitution.</summary>
    /// <param name="n">The order of L.</param>
    /// <param name="factor">L: n x n, lower triangle.</param>
    /// <param name="y">y; receives z.</param>
    public static void Backward(int n, ReadOnlySpan<double> factor, Span<double> y)
    {
        for (int i = n - 1; i >= 0; i--)
        {
            y[i] /= factor[(i * n) + i];
            TensorPrimitives.MultiplyAdd(factor.Slice(i * n, i), -y[i], y[..i], y[..i]);
        }
    }
}

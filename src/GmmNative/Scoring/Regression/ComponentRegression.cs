using System.Numerics.Tensors;
using GmmNative.Expectation;
using GmmNative.Interop.Seam;

namespace GmmNative.Scoring.Regression;

/// <summary>The regression of the target coordinates y on the given coordinates x under one component. Immutable.</summary>
/// <param name="Slope">Sigma_yx Sigma_xx^-1: Y x X.</param>
/// <param name="Covariance">Sigma_yy - Sigma_yx Sigma_xx^-1 Sigma_xy: Y x Y, symmetric; empty if it is not requested.</param>
internal sealed record ComponentRegression(double[] Slope, double[] Covariance)
{
    /// <summary>Computes the regression by triangular solves with the factor of Sigma_xx.</summary>
    /// <param name="model">The model.</param>
    /// <param name="component">The component, from 0.</param>
    /// <param name="given">The X given coordinates.</param>
    /// <param name="targets">The Y target coordinates.</param>
    /// <param name="withCovariance">Whether to compute the conditional covariance.</param>
    /// <param name="operations">The operations that factor Sigma_xx.</param>
    /// <exception cref="InvalidMixtureException">Sigma_xx is not positive definite.</exception>
    public static ComponentRegression Of(
        GaussianMixture model, int component, int[] given, int[] targets, bool withCovariance, IDenseOperations<double> operations)
    {
        int n = given.Length;

        // Aligned: the rounding of some BLAS libraries depends on the alignment of their operands.
        AlignedBuffer<double> buffer = new(checked(n * n));
        Span<double> factor = buffer.Span;
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                factor[(i * n) + j] = model.CovarianceAt(component, given[i], given[j]);
            }
        }

        if (operations.Cholesky(n, factor, n) != 0)
        {
            throw new InvalidMixtureException($"The covariance of component {component} is not positive definite.");
        }

        double[] slope = new double[checked(targets.Length * n)];
        for (int i = 0; i < targets.Length; i++)
        {
            Span<double> row = slope.AsSpan(i * n, n);
            for (int j = 0; j < n; j++)
            {
                row[j] = model.CovarianceAt(component, targets[i], given[j]);
            }

            TriangularSolve.Forward(n, factor, row);
        }

        // After the first solve the rows are Sigma_yx L'^-1, whose products with each other are what the given coordinates explain.
        double[] covariance = withCovariance ? Remainder(model, component, targets, slope, n) : [];
        for (int i = 0; i < targets.Length; i++)
        {
            TriangularSolve.Backward(n, factor, slope.AsSpan(i * n, n));
        }

        return new ComponentRegression(slope, covariance);
    }

    private static double[] Remainder(GaussianMixture model, int component, int[] targets, double[] explained, int n)
    {
        int wanted = targets.Length;
        double[] covariance = new double[checked(wanted * wanted)];
        for (int i = 0; i < wanted; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double part = TensorPrimitives.Dot<double>(explained.AsSpan(i * n, n), explained.AsSpan(j * n, n));
                double entry = model.CovarianceAt(component, targets[i], targets[j]) - part;
                covariance[(i * wanted) + j] = entry;
                covariance[(j * wanted) + i] = entry;
            }
        }

        return covariance;
    }
}

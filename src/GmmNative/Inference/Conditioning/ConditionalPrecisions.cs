using GmmNative.Interop;
using GmmNative.Interop.Seam;

namespace GmmNative.Inference.Conditioning;

/// <summary>The inverses of the conditional covariances of components, computed when they are first needed. Thread-safe.</summary>
/// <param name="regressor">The conditional covariances.</param>
/// <param name="backend">The backend that inverts them.</param>
internal sealed class ConditionalPrecisions(MixtureRegressor regressor, DenseBackend backend)
{
    private readonly Lock _lock = new();
    private readonly double[]?[] _precisions = new double[]?[regressor.Model.ComponentCount];

    /// <summary>Returns the precision of a component: Y x Y, symmetric.</summary>
    /// <param name="component">The component, from 0.</param>
    /// <exception cref="InvalidMixtureException">The conditional covariance is not positive definite.</exception>
    public double[] Of(int component)
    {
        if (Volatile.Read(ref _precisions[component]) is { } known)
        {
            return known;
        }

        lock (_lock)
        {
            double[] precision = _precisions[component] ?? Invert(component, backend.DoubleOperations);
            Volatile.Write(ref _precisions[component], precision);
            return precision;
        }
    }

    private double[] Invert(int component, IDenseOperations<double> operations)
    {
        int n = regressor.Targets.Count;

        // Aligned: the rounding of some BLAS libraries depends on the alignment of their operands.
        AlignedBuffer<double> buffer = new(checked(n * n));
        Span<double> precision = buffer.Span[..(n * n)];
        regressor.ConditionalCovariance(component).Span.CopyTo(precision);
        if (operations.Cholesky(n, precision, n) != 0)
        {
            throw new InvalidMixtureException($"The conditional covariance of component {component} is not positive definite.");
        }

        operations.InvertFromCholesky(n, precision, n);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < i; j++)
            {
                precision[(j * n) + i] = precision[(i * n) + j];
            }
        }

        return precision.ToArray();
    }
}

using System.Numerics.Tensors;
using GmmNative.Interop;
using GmmNative.Interop.Seam;

namespace GmmNative.Scoring;

/// <summary>
/// Computes the regression of the last coordinates on the first, under the most probable component of each row (<c>vc</c> in SPTK,
/// <c>transform</c> in diffsptk). Thread-safe.
/// </summary>
/// <param name="model">The model of all coordinates.</param>
/// <param name="marginal">The marginal of the model for the given coordinates.</param>
/// <param name="backend">The backend that factors covariances.</param>
internal sealed class MixtureRegression(GaussianMixture model, GaussianMixture marginal, DenseBackend backend)
{
    private readonly Lock _lock = new();

    // Computed only for components that are the most probable one of some row.
    private readonly double[]?[] _slopes = new double[]?[model.ComponentCount];

    /// <summary>The number of given coordinates.</summary>
    public int Given => marginal.Dimension;

    /// <summary>The number of predicted coordinates.</summary>
    public int Wanted => model.Dimension - marginal.Dimension;

    /// <summary>Returns the number of coordinates of a model that the rows do not contain.</summary>
    /// <exception cref="VectorDataException">The rows have more coordinates than the model.</exception>
    public static int WantedOf(GaussianMixture model, IVectorSource rows) =>
        rows.Dimension <= model.Dimension
        ? model.Dimension - rows.Dimension
        : throw new VectorDataException(
            $"The vectors have dimension {rows.Dimension}, but the model has only {model.Dimension}: use fewer "
            + "coordinates.");

    /// <summary>Predicts the missing coordinates of consecutive rows.</summary>
    /// <param name="rows">T x <see cref="Given"/>.</param>
    /// <param name="labels">T components.</param>
    /// <param name="difference">Scratch memory of <see cref="Given"/> numbers.</param>
    /// <param name="converted">Receives T x <see cref="Wanted"/> numbers.</param>
    public void Convert(ReadOnlySpan<double> rows, ReadOnlySpan<int> labels, Span<double> difference, Span<double> converted)
    {
        int given = Given;
        int wanted = Wanted;
        for (int r = 0; r < labels.Length; r++)
        {
            int label = labels[r];
            ReadOnlySpan<double> slope = Volatile.Read(ref _slopes[label]) ?? FindSlope(label);
            ReadOnlySpan<double> mean = model.Mean(label)[given..];
            Span<double> to = converted.Slice(r * wanted, wanted);
            TensorPrimitives.Subtract(rows.Slice(r * given, given), marginal.Mean(label), difference);
            for (int i = 0; i < wanted; i++)
            {
                to[i] = mean[i] + TensorPrimitives.Dot<double>(slope.Slice(i * given, given), difference);
            }
        }
    }

    private double[] FindSlope(int component)
    {
        lock (_lock)
        {
            double[] slope = _slopes[component] ?? Slope(model, marginal, component, backend.DoubleOperations);
            Volatile.Write(ref _slopes[component], slope);
            return slope;
        }
    }

    /// <summary>Computes Sigma_yx Sigma_xx^-1 of a component, by two triangular solves with the factor of Sigma_xx.</summary>
    private static double[] Slope(GaussianMixture model, GaussianMixture marginal, int component, IDenseOperations<double> operations)
    {
        int given = marginal.Dimension;
        int wanted = model.Dimension - given;
        double[] factor = new double[given * given];
        for (int i = 0; i < given; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                factor[(i * given) + j] = marginal.CovarianceAt(component, i, j);
            }
        }

        if (operations.Cholesky(given, factor, given) != 0)
        {
            throw new InvalidMixtureException($"The covariance of component {component} is not positive definite.");
        }

        double[] slope = new double[wanted * given];
        for (int i = 0; i < wanted; i++)
        {
            for (int j = 0; j < given; j++)
            {
                slope[(i * given) + j] = model.CovarianceAt(component, given + i, j);
            }
        }

        for (int i = 0; i < wanted; i++)
        {
            Span<double> row = slope.AsSpan(i * given, given);
            Solve(given, factor, row);
            SolveTransposed(given, factor, row);
        }

        return slope;
    }

    // Not the solves of the backends: a slope has only a few rows, and a different order of summation would change the last digits.
    /// <summary>Solves L y = x in place by forward substitution.</summary>
    private static void Solve(int n, double[] factor, Span<double> x)
    {
        for (int i = 0; i < n; i++)
        {
            x[i] = (x[i] - TensorPrimitives.Dot<double>(factor.AsSpan(i * n, i), x[..i])) / factor[(i * n) + i];
        }
    }

    /// <summary>Solves L' z = y in place by back substitution.</summary>
    private static void SolveTransposed(int n, double[] factor, Span<double> y)
    {
        for (int i = n - 1; i >= 0; i--)
        {
            y[i] /= factor[(i * n) + i];
            TensorPrimitives.MultiplyAdd(factor.AsSpan(i * n, i), -y[i], y[..i], y[..i]);
        }
    }
}

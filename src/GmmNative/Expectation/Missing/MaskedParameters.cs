using System.Numerics.Tensors;
using GmmNative.Execution;
using GmmNative.Interop.Seam;

namespace GmmNative.Expectation.Missing;

/// <summary>
/// Log-densities of the observed coordinates under diagonal covariances as linear functions: with z = x - c at the expansion point c, or 0
/// where x is missing, and u = 1 where x is missing, log w_k + log N(x_o; k) = b_k + theta_k . [z, z^2, u]. Immutable, shared by all
/// threads.
/// </summary>
internal sealed class MaskedParameters
{
    private readonly double[] _magnitudes;
    private readonly double[] _offsets;

    /// <summary>Computes the parameters of a model.</summary>
    /// <param name="factors">The factors of a model whose groups have one coordinate each.</param>
    /// <param name="expansionPoint">c: D coordinates.</param>
    /// <param name="execution">The backend and the numerical path.</param>
    public MaskedParameters(MixtureFactors factors, double[] expansionPoint, ExecutionPlan execution)
    {
        GaussianMixture model = factors.Model;
        Components = model.ComponentCount;
        Dimension = model.Dimension;
        ExpansionPoint = expansionPoint;
        Execution = execution;
        IsChecked = execution.Path != NumericalPath.Products;
        HasUnitWeights = model.Variational is null;
        Means = new double[checked(Components * Dimension)];
        Moments = new double[Means.Length];
        double[] theta = new double[checked(Components * Features)];
        Bias = new double[RowStrips.PaddedHeight(Components)];
        _offsets = new double[Components];
        for (int k = 0; k < Components; k++)
        {
            Span<double> row = theta.AsSpan(k * Features, Features);
            for (int d = 0; d < Dimension; d++)
            {
                double variance = model.CovarianceAt(k, d, d);
                double mean = model.Mean(k)[d] - expansionPoint[d];
                double square = 0.5 * mean * mean / variance;
                (Means[(k * Dimension) + d], Moments[(k * Dimension) + d]) = (mean, (mean * mean) + variance);
                row[d] = mean / variance;
                row[Dimension + d] = -0.5 / variance;
                row[(2 * Dimension) + d] = square + (0.5 * Math.Log(2 * Math.PI * variance));
                _offsets[k] += square;
            }

            Bias[k] = factors.LogNormalizers[k] - _offsets[k];
        }

        Theta = execution.Backend.DoubleOperations.Pack(Components, Features, theta, Features);
        TensorPrimitives.Abs(theta, theta);
        _magnitudes = theta;
    }

    public int Components { get; }

    public int Dimension { get; }

    /// <summary>The number of features, 3 D.</summary>
    public int Features => 3 * Dimension;

    /// <summary>The point that is subtracted from rows: D coordinates.</summary>
    public double[] ExpansionPoint { get; }

    public ExecutionPlan Execution { get; }

    /// <summary>Whether the rounding of the products is checked.</summary>
    public bool IsChecked { get; }

    /// <summary>Whether a row without observed values has log-density 0, because the weights sum to 1.</summary>
    public bool HasUnitWeights { get; }

    /// <summary>Theta: K x 3 D.</summary>
    public PackedOperand<double> Theta { get; }

    /// <summary>The K constants b_k, padded.</summary>
    public double[] Bias { get; }

    /// <summary>The means minus the expansion point: K x D, the expected values of missing coordinates.</summary>
    public double[] Means { get; }

    /// <summary>The expected squares of missing coordinates minus the expansion point: K x D.</summary>
    public double[] Moments { get; }

    /// <summary>Whether the rounding of the products could be visible for rows within a reach of the expansion point.</summary>
    /// <param name="lifted">The largest magnitudes of the 3 D features.</param>
    public bool LosesDigits(ReadOnlySpan<double> lifted)
    {
        for (int k = 0; k < Components; k++)
        {
            double terms = TensorPrimitives.Dot(_magnitudes.AsSpan(k * Features, Features), lifted);
            if (PrecisionLimits<double>.IsTooLarge(_offsets[k] + terms))
            {
                return true;
            }
        }

        return false;
    }
}

using System.Numerics;
using System.Numerics.Tensors;
using GmmNative.Execution;
using GmmNative.Interop.Seam;

namespace GmmNative.Expectation;

/// <summary>
/// The means and factors of the components in the layout of the centered form. They are created when they are first needed, because often
/// only a few components need them. Shared by all threads.
/// </summary>
/// <typeparam name="T">The precision of the centered form.</typeparam>
internal sealed class CenteredParameters<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly MixtureFactors _factors;
    private readonly LiftedLayout _layout;
    private readonly IDenseOperations<T> _operations;
    private readonly Lazy<PackedFactor<T>[]>[] _packed;
    private readonly Lazy<T[]>[] _inverseDeviations;
    private readonly Lazy<double>[] _inflations;
    private readonly T[] _means;

    /// <summary>Creates the parameters of a model.</summary>
    /// <param name="factors">The factors of the model.</param>
    /// <param name="layout">The layout of lifted rows for the structure of the model.</param>
    /// <param name="expansionPoint">The point that is subtracted from rows and means: D coordinates.</param>
    /// <param name="execution">The backend.</param>
    public CenteredParameters(MixtureFactors factors, LiftedLayout layout, double[] expansionPoint, ExecutionPlan execution)
    {
        _factors = factors;
        _layout = layout;
        _operations = execution.Backend.Operations<T>();
        ExpansionPoint = expansionPoint;
        int components = factors.Model.ComponentCount;
        _packed = [.. Enumerable.Range(0, factors.Covariances).Select(k => new Lazy<PackedFactor<T>[]>(() => Pack(k)))];
        _inverseDeviations = [.. Enumerable.Range(0, factors.Covariances).Select(k => new Lazy<T[]>(() => InverseDeviations(k)))];
        IDenseOperations<double> exact = execution.Backend.DoubleOperations;
        _inflations = [.. Enumerable.Range(0, factors.Covariances).Select(k => new Lazy<double>(() => Inflation(k, exact)))];
        _means = new T[components * layout.Dimension];
        for (int k = 0; k < components; k++)
        {
            for (int d = 0; d < layout.Dimension; d++)
            {
                _means[(k * layout.Dimension) + d] = T.CreateTruncating(factors.Model.Mean(k)[d] - expansionPoint[d]);
            }
        }
    }

    /// <summary>The point that is subtracted from rows and means: D coordinates.</summary>
    public double[] ExpansionPoint { get; }

    /// <summary>Returns the mean of a component minus the expansion point: D coordinates.</summary>
    public ReadOnlySpan<T> Mean(int component) => _means.AsSpan(component * _layout.Dimension, _layout.Dimension);

    /// <summary>Returns L of each group of a component.</summary>
    public PackedFactor<T>[] Factors(int component) => _packed[_factors.Stored(component)].Value;

    /// <summary>Returns the reciprocals of the D standard deviations of a component of a diagonal structure.</summary>
    public ReadOnlySpan<T> InverseDeviations(int component, LiftedLayout layout) => layout.AllGroupsOfOne
        ? _inverseDeviations[_factors.Stored(component)].Value
        : throw new InvalidOperationException("Only a diagonal structure has standard deviations instead of factors.");

    /// <summary>
    /// Whether the rounding of differences could be visible in the distances of rows within a reach of the expansion point. With the reach
    /// d in standard deviations of the component and the sum v of its variance inflation factors (P_jj Sigma_jj), a distance is at most v
    /// |d|^2. The rounding is at most the same, in units of the precision. The roundings of the D coordinates add in quadrature.
    /// </summary>
    public bool LosesDigits(int component, ReadOnlySpan<double> reach) =>
        PrecisionLimits<T>.IsTooLarge(Magnitude(component, reach, _factors.Model.Mean(component), ExpansionPoint));

    /// <summary>
    /// Returns the bound of <see cref="LosesDigits"/>, in units of the rounding of the precision, on the error of the distances of rows
    /// from a point.
    /// </summary>
    /// <param name="component">The component whose covariance is used.</param>
    /// <param name="reach">The largest distance of a row from <paramref name="origin"/> in each of the D coordinates.</param>
    /// <param name="point">The point that distances are computed from.</param>
    /// <param name="origin">The point that is subtracted from rows and from <paramref name="point"/>.</param>
    public double Magnitude(int component, ReadOnlySpan<double> reach, ReadOnlySpan<double> point, ReadOnlySpan<double> origin)
    {
        double squares = 0;
        for (int d = 0; d < reach.Length; d++)
        {
            double far = reach[d] + Math.Abs(point[d] - origin[d]);
            squares += far * far / _factors.Model.CovarianceAt(component, d, d);
        }

        return _inflations[_factors.Stored(component)].Value * squares / Math.Sqrt(reach.Length);
    }

    private PackedFactor<T>[] Pack(int component)
    {
        int[][] groups = _layout.Structure.GroupArrays;
        PackedFactor<T>[] packed = new PackedFactor<T>[groups.Length];
        for (int g = 0; g < groups.Length; g++)
        {
            ReadOnlySpan<double> factor = _factors.Factor(component, g);
            T[] narrow = new T[factor.Length];
            TensorPrimitives.ConvertTruncating<double, T>(factor, narrow);
            packed[g] = _operations.PackFactor(groups[g].Length, narrow, groups[g].Length);
        }

        return packed;
    }

    private T[] InverseDeviations(int component)
    {
        T[] inverse = new T[_layout.Dimension];
        for (int d = 0; d < inverse.Length; d++)
        {
            inverse[d] = T.CreateTruncating(1 / _factors.Factor(component, d)[0]);
        }

        return inverse;
    }

    private double Inflation(int component, IDenseOperations<double> operations)
    {
        int[][] groups = _layout.Structure.GroupArrays;
        double[] precision = new double[_layout.LargestSquare];
        double sum = 0;
        for (int g = 0; g < groups.Length; g++)
        {
            int n = groups[g].Length;
            _factors.Precision(component, g, operations, precision);
            for (int i = 0; i < n; i++)
            {
                sum += precision[(i * n) + i] * _factors.Model.CovarianceAt(component, groups[g][i], groups[g][i]);
            }
        }

        return sum;
    }
}

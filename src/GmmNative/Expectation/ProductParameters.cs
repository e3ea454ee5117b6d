using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using GmmNative.Execution;
using GmmNative.Interop.Seam;

namespace GmmNative.Expectation;

/// <summary>
/// Log-densities as linear functions of lifted rows, log w_k + log N(x; k) = theta_k . phi(x - expansion point) + c_k, with bounds on the
/// effect of rounding. Immutable, shared by all threads.
/// </summary>
/// <typeparam name="T">The precision of the products.</typeparam>
internal sealed class ProductParameters<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly double[] _magnitudes;
    private readonly double[] _offsets;
    private readonly bool[] _beyondRange;

    /// <summary>Computes theta of every component.</summary>
    public ProductParameters(MixtureFactors factors, LiftedLayout layout, double[] expansionPoint, ExecutionPlan execution)
    {
        int components = factors.Model.ComponentCount;
        int features = layout.Features;
        double[] bias = new double[components];
        _magnitudes = new double[checked(components * features)];
        _offsets = new double[components];
        _beyondRange = new bool[components];
        AlignedBuffer<T> theta = new(_magnitudes.Length);

        // Inverting a group of n coordinates takes about n^3 operations.
        long operationsEach = layout.Structure.GroupArrays.Sum(group => (long)group.Length * group.Length * group.Length);
        IDenseOperations<double> operations = execution.Backend.DoubleOperations;
        ComponentLoop.Run(components, operationsEach, execution.Threads, () => new double[layout.LargestSquare], (k, precision) =>
        {
            Span<double> row = _magnitudes.AsSpan(k * features, features);
            _offsets[k] = NaturalParameters(factors, layout, expansionPoint, k, operations, precision, row);
            bias[k] = factors.LogNormalizers[k] - _offsets[k];
            TensorPrimitives.ConvertTruncating<double, T>(row, theta.Span.Slice(k * features, features));
            TensorPrimitives.Abs(row, row);
            _beyondRange[k] = !(TensorPrimitives.Max<double>(row) <= Range);
        });
        Theta = execution.Backend.Operations<T>().Pack(components, features, theta.Span, features);
        Bias = new T[RowStrips.PaddedHeight(components)];
        TensorPrimitives.ConvertTruncating<double, T>(bias, Bias);
    }

    /// <summary>Theta: K x F.</summary>
    public PackedOperand<T> Theta { get; }

    /// <summary>The K constants c_k, padded.</summary>
    public T[] Bias { get; }

    /// <summary>
    /// The largest theta or lifted row for which the products are used. Neither terms nor their sums over a chunk overflow, and a factor
    /// that underflows is too small to matter in any product.
    /// </summary>
    private static double Range => typeof(T) == typeof(double) ? 1e300 : 1e30;

    /// <summary>Whether a lifted row is beyond the range of the products.</summary>
    public static bool IsBeyondRange(ReadOnlySpan<double> lifted) => !(TensorPrimitives.Max(lifted) <= Range);

    /// <summary>Whether theta of a component is beyond the range of the products.</summary>
    public bool IsBeyondRange(int component) => _beyondRange[component];

    /// <summary>
    /// Whether the magnitudes of the terms of theta_k . phi add up to so much that their rounding could be visible, for rows within a reach
    /// of the expansion point.
    /// </summary>
    /// <param name="component">The component.</param>
    /// <param name="lifted">The lifted reach: F numbers.</param>
    public bool LosesDigits(int component, ReadOnlySpan<double> lifted) => PrecisionLimits<T>.IsTooLarge(
        _offsets[component] + TensorPrimitives.Dot(_magnitudes.AsSpan(component * lifted.Length, lifted.Length), lifted));

    /// <summary>Computes theta_k. Returns mu' P mu / 2, where mu is the mean minus the expansion point.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double NaturalParameters(
        MixtureFactors factors, LiftedLayout layout, double[] expansionPoint, int component, IDenseOperations<double> operations,
        double[] precision, Span<double> theta)
    {
        int dimension = layout.Dimension;
        double[] mean = new double[dimension];
        TensorPrimitives.Subtract(factors.Model.Mean(component), expansionPoint, mean);
        Span<double> linear = theta[..dimension];
        int[][] groups = layout.Structure.GroupArrays;
        int next = dimension;
        for (int g = 0; g < groups.Length; g++)
        {
            int[] group = groups[g];
            int n = group.Length;
            factors.Precision(component, g, operations, precision);
            for (int i = 0; i < n; i++)
            {
                ReadOnlySpan<double> row = precision.AsSpan(i * n, n);
                double sum = 0;
                for (int j = 0; j < n; j++)
                {
                    sum += row[j] * mean[group[j]];
                }

                linear[group[i]] = sum;
                theta[next++] = -0.5 * row[i];
                for (int j = i + 1; j < n; j++)
                {
                    theta[next++] = -row[j];
                }
            }
        }

        return 0.5 * TensorPrimitives.Dot<double>(linear, mean);
    }
}

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
/// <remarks>
/// Components that share a covariance have the term -(x - e)' P (x - e) / 2 in common, with the expansion point e and the precision P. The
/// linear functions leave this term out.
/// </remarks>
/// <typeparam name="T">The precision of the products.</typeparam>
internal sealed class ProductParameters<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly double[] _magnitudes;
    private readonly double[] _offsets;
    private readonly bool[] _beyondRange;

    /// <summary>Computes theta of every component.</summary>
    /// <param name="factors">The factors of the model.</param>
    /// <param name="layout">The layout of lifted rows for the structure of the model.</param>
    /// <param name="expansionPoint">The expansion point.</param>
    /// <param name="execution">The backend and threads.</param>
    /// <param name="spent">Theta of a model that is not used any more. Its memory is reused if it has the same sizes.</param>
    public ProductParameters(
        MixtureFactors factors, LiftedLayout layout, double[] expansionPoint, ExecutionPlan execution, PackedOperand<T>? spent)
    {
        int components = factors.Model.ComponentCount;
        int features = layout.Features;
        double[] bias = new double[components];
        _magnitudes = new double[checked(components * features)];
        _offsets = new double[components];
        _beyondRange = new bool[components];
        AlignedBuffer<T> theta = execution.Scratch.Rent<T>(_magnitudes.Length);

        // Inverting a group of n coordinates takes about n^3 operations.
        long operationsEach = layout.Structure.GroupArrays.Sum(group => (long)group.Length * group.Length * group.Length);
        IDenseOperations<double> operations = execution.Backend.DoubleOperations;
        double[]? shared = null;
        if (layout.Quadratic == QuadraticFeatures.None)
        {
            shared = SharedPrecision(factors, layout, operations);
            Common = CommonTerm(layout, shared);
            operationsEach = layout.Squares;
        }

        ComponentLoop.Run(components, operationsEach, execution.Threads, () => shared ?? new double[layout.LargestSquare], (k, precision) =>
        {
            Span<double> row = _magnitudes.AsSpan(k * features, features);
            _offsets[k] = NaturalParameters(factors, layout, expansionPoint, k, operations, precision, row);
            bias[k] = factors.LogNormalizers[k] - _offsets[k];
            TensorPrimitives.ConvertTruncating<double, T>(row, theta.Span.Slice(k * features, features));
            TensorPrimitives.Abs(row, row);
            _beyondRange[k] = !(TensorPrimitives.Max<double>(row) <= Range);
        });
        Theta = execution.Backend.Operations<T>().Pack(components, features, theta.Span, features, spent);
        execution.Scratch.Return(theta);
        Bias = new T[RowStrips.PaddedHeight(components)];
        TensorPrimitives.ConvertTruncating<double, T>(bias, Bias);
    }

    /// <summary>Theta: K x F.</summary>
    public PackedOperand<T> Theta { get; }

    /// <summary>
    /// The coefficients of the term that components with a shared covariance have in common, in the order of the second moments of the
    /// layout; empty if the covariance is not shared.
    /// </summary>
    public double[] Common { get; } = [];

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

    /// <summary>Computes the shared precision: the square matrices of all groups.</summary>
    private static double[] SharedPrecision(MixtureFactors factors, LiftedLayout layout, IDenseOperations<double> operations)
    {
        double[] precision = new double[layout.Squares];
        for (int g = 0; g < layout.Structure.GroupArrays.Length; g++)
        {
            factors.Precision(0, g, operations, precision.AsSpan(layout.SquareStart(g)));
        }

        return precision;
    }

    /// <summary>Computes the coefficients of -x' P x / 2 in the order of the second moments.</summary>
    private static double[] CommonTerm(LiftedLayout layout, double[] precision)
    {
        double[] common = new double[layout.SecondMoments];
        int term = 0;
        for (int g = 0; g < layout.Structure.GroupArrays.Length; g++)
        {
            int n = layout.Structure.GroupArrays[g].Length;
            ReadOnlySpan<double> matrix = precision.AsSpan(layout.SquareStart(g), n * n);
            for (int i = 0; i < n; i++)
            {
                for (int j = i; j < n; j++, term++)
                {
                    common[layout.SecondOf(term)] = (i == j ? -0.5 : -1) * matrix[(i * n) + j];
                }
            }
        }

        return common;
    }

    /// <summary>Computes theta_k. Returns mu' P mu / 2, where mu is the mean minus the expansion point.</summary>
    /// <param name="factors">The factors of the model.</param>
    /// <param name="layout">The layout of lifted rows.</param>
    /// <param name="expansionPoint">The expansion point.</param>
    /// <param name="component">The component.</param>
    /// <param name="operations">The dense operations.</param>
    /// <param name="precision">The precision of all groups if it is shared; otherwise scratch memory for the largest group.</param>
    /// <param name="theta">Receives F numbers.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double NaturalParameters(
        MixtureFactors factors, LiftedLayout layout, double[] expansionPoint, int component, IDenseOperations<double> operations,
        double[] precision, Span<double> theta)
    {
        int dimension = layout.Dimension;
        double[] mean = new double[dimension];
        TensorPrimitives.Subtract(factors.Model.Mean(component), expansionPoint, mean);
        Span<double> linear = theta[..dimension];
        QuadraticFeatures quadratic = layout.Quadratic;
        int[][] groups = layout.Structure.GroupArrays;
        int next = dimension;
        for (int g = 0; g < groups.Length; g++)
        {
            int[] group = groups[g];
            int n = group.Length;
            int start = quadratic == QuadraticFeatures.None ? layout.SquareStart(g) : 0;
            if (quadratic != QuadraticFeatures.None)
            {
                factors.Precision(component, g, operations, precision);
            }

            for (int i = 0; i < n; i++)
            {
                ReadOnlySpan<double> row = precision.AsSpan(start + (i * n), n);
                double sum = 0;
                for (int j = 0; j < n; j++)
                {
                    sum += row[j] * mean[group[j]];
                }

                linear[group[i]] = sum;
                if (quadratic != QuadraticFeatures.Products)
                {
                    continue;
                }

                theta[next++] = -0.5 * row[i];
                for (int j = i + 1; j < n; j++)
                {
                    theta[next++] = -row[j];
                }
            }
        }

        if (quadratic == QuadraticFeatures.Norm)
        {
            // All coordinates have the same precision.
            theta[next] = -0.5 * precision[0];
        }

        return 0.5 * TensorPrimitives.Dot<double>(linear, mean);
    }
}

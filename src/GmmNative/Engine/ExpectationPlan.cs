using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using GmmNative.Interop;

namespace GmmNative;

/// <summary>
/// A model made ready for log-densities of many rows: log w_k + log N(x; k) = theta_k . phi(x - shift) + c_k for the products, and the
/// factors for the centred form. Immutable, shared by all threads.
/// </summary>
/// <typeparam name="T">Precision of the products.</typeparam>
internal sealed class ExpectationPlan<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly double[] _magnitudes;
    private readonly double[] _offsets;
    private readonly bool[] _beyondRange;

    /// <summary>Prepares a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="map">The lift of its structure.</param>
    /// <param name="shift">D numbers near the middle of the rows.</param>
    /// <param name="execution">Backend and path.</param>
    public ExpectationPlan(GaussianMixture model, FeatureMap map, double[] shift, ExecutionPlan execution)
    {
        Map = map;
        Shift = shift;
        Execution = execution;
        Operations = execution.Backend.Operations<T>();
        Factors = new MixtureFactors(model, execution);
        int components = model.ComponentCount;
        int features = map.Features;
        ProductBias = new double[components];
        _magnitudes = new double[checked(components * features)];
        _offsets = new double[components];
        _beyondRange = new bool[components];
        AlignedBuffer<T> theta = new(_magnitudes.Length);
        for (int k = 0; k < components; k++)
        {
            Span<double> row = _magnitudes.AsSpan(k * features, features);
            _offsets[k] = NaturalParameters(k, row);
            ProductBias[k] = Factors.LogNormalizers[k] - _offsets[k];
            TensorPrimitives.ConvertTruncating<double, T>(row, theta.Span.Slice(k * features, features));
            TensorPrimitives.Abs(row, row);
            _beyondRange[k] = !(TensorPrimitives.Max<double>(row) <= Range);
        }

        Theta = Operations.Pack(components, features, theta.Span, features);
    }

    /// <summary>Rounding of one operation in T, which the products may multiply up to <see cref="Tolerance"/>.</summary>
    public static double Epsilon => typeof(T) == typeof(double) ? Math.BitIncrement(1.0) - 1 : MathF.BitIncrement(1f) - 1f;

    public FeatureMap Map { get; }

    public double[] Shift { get; }

    public ExecutionPlan Execution { get; }

    public IDenseOperations<T> Operations { get; }

    public MixtureFactors Factors { get; }

    /// <summary>Theta, K x F.</summary>
    public PackedOperand<T> Theta { get; }

    /// <summary>K: c_k of the product form. The centred form's are <see cref="MixtureFactors.LogNormalizers"/>.</summary>
    public double[] ProductBias { get; }

    /// <summary>Bound on the error of a log-density above which the products are not used; the error itself is typically a hundredth of it.</summary>
    private static double Tolerance => typeof(T) == typeof(double) ? 1e-10 : 1e-2;

    /// <summary>
    /// Largest theta or lifted row that the products are used for: their terms do not overflow, nor do sums of them over a chunk, and
    /// what underflows in one factor is too small for the other to bring back.
    /// </summary>
    private static double Range => typeof(T) == typeof(double) ? 1e300 : 1e30;

    /// <summary>Whether a ratio of the magnitude of a sum's terms to that of its result is too large for the products.</summary>
    public static bool IsTooLarge(double magnitude) => !(magnitude * Epsilon <= Tolerance);

    /// <summary>
    /// Decides which components need the centred form for rows within a reach of the shift: those for which the terms of theta_k . phi
    /// add up, without their signs, to so much that their rounding could show, and on any path those beyond the range of T.
    /// </summary>
    /// <param name="reach">D: the largest distance of any row from the shift, coordinate by coordinate.</param>
    /// <param name="lifted">F elements of scratch.</param>
    /// <param name="centred">Receives K decisions.</param>
    /// <returns>The number of components that need it.</returns>
    public int DecideForms(ReadOnlySpan<double> reach, Span<double> lifted, Span<bool> centred)
    {
        int components = centred.Length;
        if (Execution.Path == NumericalPath.Centred)
        {
            centred.Fill(true);
            return components;
        }

        Map.LiftRow(reach, lifted);
        bool beyondRange = !(TensorPrimitives.Max<double>(lifted) <= Range);
        int count = 0;
        for (int k = 0; k < components; k++)
        {
            centred[k] = beyondRange || _beyondRange[k]
                || (Execution.Path == NumericalPath.Auto && IsTooLarge(Magnitude(k, lifted)));
            count += centred[k] ? 1 : 0;
        }

        return count;
    }

    private double Magnitude(int component, ReadOnlySpan<double> lifted) =>
        _offsets[component] + TensorPrimitives.Dot(_magnitudes.AsSpan(component * lifted.Length, lifted.Length), lifted);

    /// <summary>Writes theta_k and returns mu' P mu / 2, mu the mean less the shift.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double NaturalParameters(int component, Span<double> theta)
    {
        int dimension = Map.Dimension;
        double[] mean = new double[dimension];
        TensorPrimitives.Subtract(Factors.Model.Mean(component), Shift, mean);
        Span<double> linear = theta[..dimension];
        int[][] groups = Map.Structure.GroupArrays;
        int next = dimension;
        for (int g = 0; g < groups.Length; g++)
        {
            int[] group = groups[g];
            ReadOnlySpan<double> precision = Factors.Precision(component, g);
            for (int i = 0; i < group.Length; i++)
            {
                ReadOnlySpan<double> row = precision.Slice(i * group.Length, group.Length);
                double sum = 0;
                for (int j = 0; j < group.Length; j++)
                {
                    sum += row[j] * mean[group[j]];
                }

                linear[group[i]] = sum;
                theta[next++] = -0.5 * row[i];
                for (int j = i + 1; j < group.Length; j++)
                {
                    theta[next++] = -row[j];
                }
            }
        }

        return 0.5 * TensorPrimitives.Dot<double>(linear, mean);
    }
}

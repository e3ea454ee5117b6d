using System.Numerics;
using GmmNative.Interop;

namespace GmmNative;

/// <summary>A model made ready for log-densities of many rows, in the forms that are needed. Immutable, shared by all threads.</summary>
/// <typeparam name="T">Precision of the products.</typeparam>
internal sealed class ExpectationPlan<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly bool _centred;

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
        _centred = UsesCentredForm(map, model.ComponentCount, execution);
        Products = _centred ? null : new ProductForm<T>(Factors, map, shift, execution);

        // In double without a shift: its rounding is what the centred form is there to avoid. In single a difference must be small to keep
        // digits.
        Exact = new CentredFactors<double>(Factors, map, new double[map.Dimension], execution);
        Centred = Exact as CentredFactors<T> ?? new CentredFactors<T>(Factors, map, shift, execution);
    }

    /// <summary>Rounding of one operation in T, which the products may multiply up to <see cref="Tolerance"/>.</summary>
    public static double Epsilon => typeof(T) == typeof(double) ? Math.BitIncrement(1.0) - 1 : MathF.BitIncrement(1f) - 1f;

    public FeatureMap Map { get; }

    public double[] Shift { get; }

    public ExecutionPlan Execution { get; }

    public IDenseOperations<T> Operations { get; }

    public MixtureFactors Factors { get; }

    /// <summary>K.</summary>
    public int Components => Factors.LogNormalizers.Length;

    /// <summary>The products; <see langword="null"/> where no component uses them.</summary>
    public ProductForm<T>? Products { get; }

    /// <summary>For <see cref="DensityForm.Centred"/>.</summary>
    public CentredFactors<T> Centred { get; }

    /// <summary>For <see cref="DensityForm.CentredInDouble"/>.</summary>
    public CentredFactors<double> Exact { get; }

    /// <summary>Whether the form of a component can depend on the rows.</summary>
    public bool MayChoose => Execution.Path == NumericalPath.Auto && (Products is not null || (typeof(T) != typeof(double) && !Map.AllGroupsOfOne));

    /// <summary>How rows are cut for this plan: by the problem's shape and the path alone.</summary>
    public ChunkGeometry Geometry => _centred
        ? ChunkGeometry.ForCentred(Map.Dimension, Map.LargestGroup, Components)
        : ChunkGeometry.For(Map.Features + Components);

    /// <summary>
    /// Bound on the error of a log-density above which a form is not used; the error itself is typically a hundredth of it.
    /// </summary>
    private static double Tolerance => typeof(T) == typeof(double) ? 1e-10 : 1e-2;

    /// <summary>Whether a ratio of the magnitude of a sum's terms to that of its result is too large for precision T.</summary>
    public static bool IsTooLarge(double magnitude) => !(magnitude * Epsilon <= Tolerance);

    /// <summary>The digits of moments that are taken in precision T.</summary>
    public static MomentPrecision MomentPrecision => new(Epsilon, Tolerance);

    /// <summary>Whether every component takes the centred form: asked for, or cheaper.</summary>
    public static bool UsesCentredForm(FeatureMap map, int components, ExecutionPlan execution) => execution.Path == NumericalPath.Centred
        || (execution.Path == NumericalPath.Auto && FormCost.IsCentredCheaper(map, components));

    /// <summary>
    /// Decides on a form for each component, for rows within a reach of the shift: the cheaper one where its rounding cannot show,
    /// otherwise
    /// the centred form in double; on any path the latter for what is beyond the range of T.
    /// </summary>
    /// <param name="reach">D: the largest distance of any row from the shift, coordinate by coordinate.</param>
    /// <param name="lifted">F elements of scratch, where there are products.</param>
    /// <param name="forms">Receives K decisions.</param>
    /// <returns>The number of components that do not take the products.</returns>
    public int DecideForms(ReadOnlySpan<double> reach, Span<double> lifted, Span<DensityForm> forms)
    {
        if (Products is null)
        {
            for (int k = 0; k < forms.Length; k++)
            {
                forms[k] = CentredServes(k, reach) ? DensityForm.Centred : DensityForm.CentredInDouble;
            }

            return forms.Length;
        }

        Map.LiftRow(reach, lifted);
        bool beyondRange = ProductForm<T>.IsBeyondRange(lifted);
        int count = 0;
        for (int k = 0; k < forms.Length; k++)
        {
            bool centred = beyondRange || Products.IsBeyondRange(k) || (Execution.Path == NumericalPath.Auto && Products.LosesDigits(k, lifted));
            forms[k] = centred ? DensityForm.CentredInDouble : DensityForm.Products;
            count += centred ? 1 : 0;
        }

        return count;
    }

    /// <summary>
    /// Double always serves: there is nothing better. Where the centred form is asked for, it is asked for its accuracy; and for diagonal
    /// structures it is never the cheaper one.
    /// </summary>
    private bool CentredServes(int component, ReadOnlySpan<double> reach) => MayChoose && !Centred.LosesDigits(component, reach);
}

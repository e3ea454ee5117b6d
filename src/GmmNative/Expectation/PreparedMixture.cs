using System.Numerics;
using GmmNative.Execution;
using GmmNative.Interop.Seam;
using GmmNative.Passes;

namespace GmmNative.Expectation;

/// <summary>A model made ready for log-densities of many rows, in the forms that are needed. Immutable, shared by all threads.</summary>
/// <typeparam name="T">Precision of the products.</typeparam>
internal sealed class PreparedMixture<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly bool _centered;

    /// <summary>Prepares a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="layout">The lift of its structure.</param>
    /// <param name="expansionPoint">D numbers near the middle of the rows.</param>
    /// <param name="execution">Backend and path.</param>
    public PreparedMixture(GaussianMixture model, LiftedLayout layout, double[] expansionPoint, ExecutionPlan execution)
    {
        Layout = layout;
        ExpansionPoint = expansionPoint;
        Execution = execution;
        Operations = execution.Backend.Operations<T>();
        Factors = new MixtureFactors(model, execution);
        _centered = UsesCenteredForm(layout, model.ComponentCount, execution);
        Products = _centered ? null : new ProductParameters<T>(Factors, layout, expansionPoint, execution);

        // In double without a expansion point: its rounding is what the centered form is there to avoid. In single a difference must be
        // small to keep digits.
        Exact = new CenteredParameters<double>(Factors, layout, new double[layout.Dimension], execution);
        Centered = Exact as CenteredParameters<T> ?? new CenteredParameters<T>(Factors, layout, expansionPoint, execution);
    }

    public LiftedLayout Layout { get; }

    public double[] ExpansionPoint { get; }

    public ExecutionPlan Execution { get; }

    public IDenseOperations<T> Operations { get; }

    public MixtureFactors Factors { get; }

    /// <summary>K.</summary>
    public int Components => Factors.LogNormalizers.Length;

    /// <summary>The products; <see langword="null"/> where no component uses them.</summary>
    public ProductParameters<T>? Products { get; }

    /// <summary>For <see cref="DensityForm.Centered"/>.</summary>
    public CenteredParameters<T> Centered { get; }

    /// <summary>For <see cref="DensityForm.CenteredInDouble"/>.</summary>
    public CenteredParameters<double> Exact { get; }

    /// <summary>Whether the form of a component can depend on the rows.</summary>
    public bool MayChoose =>
        Execution.Path == NumericalPath.Auto && (Products is not null || (typeof(T) != typeof(double) && !Layout.AllGroupsOfOne));

    /// <summary>How rows are cut for this prepared: by the problem's shape and the path alone.</summary>
    public ChunkGeometry Geometry => _centered
        ? ChunkGeometry.ForCentered(Layout.Dimension, Layout.LargestGroup, Components)
        : ChunkGeometry.For(Layout.Features + Components);

    /// <summary>Whether every component takes the centered form: asked for, or cheaper.</summary>
    public static bool UsesCenteredForm(LiftedLayout layout, int components, ExecutionPlan execution) =>
        execution.Path == NumericalPath.Centered
        || (execution.Path == NumericalPath.Auto && FormCost.IsCenteredCheaper(layout, components));

    /// <summary>
    /// Decides on a form for each component, for rows within a reach of the expansion point: the cheaper one where its rounding cannot
    /// show, otherwise the centered form in double; on any path the latter for what is beyond the range of T.
    /// </summary>
    /// <param name="reach">D: the largest distance of any row from the expansion point, coordinate by coordinate.</param>
    /// <param name="lifted">F elements of scratch, where there are products.</param>
    /// <param name="forms">Receives K decisions.</param>
    /// <returns>The number of components that do not take the products.</returns>
    public int DecideForms(ReadOnlySpan<double> reach, Span<double> lifted, Span<DensityForm> forms)
    {
        if (Products is null)
        {
            for (int k = 0; k < forms.Length; k++)
            {
                forms[k] = CenteredServes(k, reach) ? DensityForm.Centered : DensityForm.CenteredInDouble;
            }

            return forms.Length;
        }

        Layout.LiftRow(reach, lifted);
        bool beyondRange = ProductParameters<T>.IsBeyondRange(lifted);
        int count = 0;
        for (int k = 0; k < forms.Length; k++)
        {
            bool centered = beyondRange || Products.IsBeyondRange(k)
                || (Execution.Path == NumericalPath.Auto && Products.LosesDigits(k, lifted));
            forms[k] = centered ? DensityForm.CenteredInDouble : DensityForm.Products;
            count += centered ? 1 : 0;
        }

        return count;
    }

    /// <summary>
    /// Double always serves: there is nothing better. Where the centered form is asked for, it is asked for its accuracy; and for diagonal
    /// structures it is never the cheaper one.
    /// </summary>
    private bool CenteredServes(int component, ReadOnlySpan<double> reach) => MayChoose && !Centered.LosesDigits(component, reach);
}

using System.Numerics;
using GmmNative.Execution;
using GmmNative.Interop.Seam;
using GmmNative.Passes;

namespace GmmNative.Expectation;

/// <summary>A model prepared for the log-densities of many rows, in the forms that are needed. Immutable, shared by all threads.</summary>
/// <typeparam name="T">The precision of the products.</typeparam>
internal sealed class PreparedMixture<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly bool _centered;

    /// <summary>Prepares a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="layout">The layout of lifted rows for the structure of the model.</param>
    /// <param name="expansionPoint">A point near the center of the rows: D coordinates.</param>
    /// <param name="execution">The backend and the numerical path.</param>
    public PreparedMixture(GaussianMixture model, LiftedLayout layout, double[] expansionPoint, ExecutionPlan execution)
        : this(new MixtureFactors(model, execution), layout, expansionPoint, execution)
    {
    }

    /// <summary>Prepares a model whose factors are known.</summary>
    /// <param name="factors">The factors of the model.</param>
    /// <param name="layout">The layout of lifted rows for the structure of the model.</param>
    /// <param name="expansionPoint">A point near the center of the rows: D coordinates.</param>
    /// <param name="execution">The backend and the numerical path.</param>
    /// <param name="spentTheta">
    /// <see cref="ProductParameters{T}.Theta"/> of a model that is not used any more. Its memory is reused if it has the same sizes.
    /// </param>
    public PreparedMixture(
        MixtureFactors factors, LiftedLayout layout, double[] expansionPoint, ExecutionPlan execution,
        PackedOperand<T>? spentTheta = null)
    {
        Layout = layout;
        ExpansionPoint = expansionPoint;
        Execution = execution;
        Operations = execution.Backend.Operations<T>();
        Factors = factors;
        _centered = UsesCenteredForm(layout, factors.Model.ComponentCount, execution);
        Products = _centered ? null : new ProductParameters<T>(Factors, layout, expansionPoint, execution, spentTheta);

        // In double without an expansion point, because the centered form avoids exactly the rounding of its subtraction. In single
        // precision only small differences keep their digits.
        Exact = new CenteredParameters<double>(Factors, layout, new double[layout.Dimension], execution);
        Centered = Exact as CenteredParameters<T> ?? new CenteredParameters<T>(Factors, layout, expansionPoint, execution);
        CommonPoint = new T[layout.Dimension];
        for (int d = 0; d < CommonPoint.Length; d++)
        {
            CommonPoint[d] = T.CreateTruncating(expansionPoint[d] - Centered.ExpansionPoint[d]);
        }
    }

    public LiftedLayout Layout { get; }

    public double[] ExpansionPoint { get; }

    public ExecutionPlan Execution { get; }

    public IDenseOperations<T> Operations { get; }

    public MixtureFactors Factors { get; }

    /// <summary>The number of components, K.</summary>
    public int Components => Factors.LogNormalizers.Length;

    /// <summary>The parameters of the products, or <see langword="null"/> if no component uses them.</summary>
    public ProductParameters<T>? Products { get; }

    /// <summary>The parameters of <see cref="DensityForm.Centered"/>.</summary>
    public CenteredParameters<T> Centered { get; }

    /// <summary>
    /// The point, in the coordinates of <see cref="Centered"/>, from which the distances are computed that components with a shared
    /// covariance have in common.
    /// </summary>
    public T[] CommonPoint { get; }

    /// <summary>The parameters of <see cref="DensityForm.CenteredInDouble"/>.</summary>
    public CenteredParameters<double> Exact { get; }

    /// <summary>Whether the form of a component can depend on the rows.</summary>
    public bool MayChoose =>
        Execution.Path == NumericalPath.Auto && (Products is not null || (typeof(T) != typeof(double) && !Layout.AllGroupsOfOne));

    /// <summary>The division of rows, which depends only on the shape of the problem and the numerical path.</summary>
    public ChunkGeometry Geometry => _centered
        ? ChunkGeometry.ForCentered(Layout.Dimension, Layout.LargestGroup, Components)
        : ChunkGeometry.For(Layout.Features + Components);

    /// <summary>Whether every component uses the centered form, because it is requested or cheaper.</summary>
    public static bool UsesCenteredForm(LiftedLayout layout, int components, ExecutionPlan execution) =>
        execution.Path == NumericalPath.Centered
        || (execution.Path == NumericalPath.Auto && FormCost.IsCenteredCheaper(layout, components));

    /// <summary>
    /// Chooses a form for each component, for rows within a reach of the expansion point: the cheaper form if its rounding cannot be
    /// visible, otherwise the centered form in double. Rows and components beyond the range of T use the centered form in double on any
    /// path.
    /// </summary>
    /// <param name="reach">The largest distance of any row from the expansion point in each of the D coordinates.</param>
    /// <param name="lifted">F elements of scratch memory, if there are products.</param>
    /// <param name="forms">Receives the forms of the K components.</param>
    /// <param name="omitsCommon">Whether the term that components with a shared covariance have in common is not computed.</param>
    /// <returns>The number of components that do not use the products.</returns>
    public int DecideForms(ReadOnlySpan<double> reach, Span<double> lifted, Span<DensityForm> forms, bool omitsCommon)
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
        bool beyondRange = ProductParameters<T>.IsBeyondRange(lifted) || (!omitsCommon && CommonLosesDigits(reach));
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

    /// <summary>Whether the term that all components have in common is too large for precision T, or beyond its range.</summary>
    private bool CommonLosesDigits(ReadOnlySpan<double> reach)
    {
        if (Layout.Quadratic != QuadraticFeatures.None)
        {
            return false;
        }

        double magnitude = Centered.Magnitude(0, reach, ExpansionPoint, ExpansionPoint);
        return ProductParameters<T>.IsBeyondRange([magnitude])
            || (Execution.Path == NumericalPath.Auto && PrecisionLimits<T>.IsTooLarge(magnitude));
    }

    /// <summary>
    /// Whether the centered form in precision T serves a component. Double always serves, because there is nothing better. A requested
    /// centered form is requested for its accuracy, so it is in double. For diagonal structures the centered form is never the cheaper one.
    /// </summary>
    private bool CenteredServes(int component, ReadOnlySpan<double> reach) => MayChoose && !Centered.LosesDigits(component, reach);
}

using System.Numerics;

namespace GmmNative.Expectation;

/// <summary>Finds out whether one form per component serves all rows of a pass, so that chunks need not decide.</summary>
internal static class KnownForms
{
    /// <summary>Returns the forms of the K components, or <see langword="null"/> if they depend on the chunk.</summary>
    /// <param name="prepared">The model.</param>
    /// <param name="reach">The largest distance of any row from the expansion point of the model in each of the D coordinates.</param>
    /// <param name="omitsCommon">Whether the products leave out the quadratic term that the components have in common.</param>
    public static DensityForm[]? Of<T>(PreparedMixture<T> prepared, ReadOnlySpan<double> reach, bool omitsCommon = false)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        DensityForm[] forms = new DensityForm[prepared.Components];
        prepared.DecideForms(reach, new double[prepared.Products is null ? 0 : prepared.Layout.Features], forms, omitsCommon);
        return prepared.MayChoose && forms.AsSpan().Contains(DensityForm.CenteredInDouble) ? null : forms;
    }
}

namespace GmmNative.Plots.Documents;

/// <summary>A model of a selection.</summary>
/// <param name="Components">The number of components.</param>
/// <param name="Covariance">The kind of the covariances.</param>
/// <param name="IsChosen">Whether the selection chose the model.</param>
/// <param name="CanBeChosen">Whether the selection could choose the model: a model with a problem is only listed.</param>
/// <param name="Values">The values of the criteria, in the order of <see cref="SelectionReport.Criteria"/>; NaN if unknown.</param>
internal sealed record SelectionPoint(
    double Components, string Covariance, bool IsChosen, bool CanBeChosen, IReadOnlyList<double> Values);

namespace GmmNative.Estimation.Choice;

/// <summary>The outcome of the training of one combination on one part of the data.</summary>
/// <param name="Result">The result of the best start, or <see langword="null"/> if there is no model.</param>
/// <param name="IsSplit">Whether the best start was the smaller model, with components split.</param>
/// <param name="Problem">Why there is no model, or <see langword="null"/>.</param>
internal sealed record CellFit(GmmFitResult? Result, bool IsSplit, string? Problem)
{
    /// <summary>The components whose covariances reached a floor.</summary>
    public IEnumerable<int> Floored => Result is null ? []
        : Result.Diagnostics.VarianceFlooredComponents.Union(Result.Diagnostics.EigenvalueFlooredComponents).Order();

    /// <summary>Whether no covariance reached a floor.</summary>
    public bool IsProper => Result is not null && !Floored.Any();

    /// <summary>Returns why the model cannot be chosen, or <see langword="null"/>.</summary>
    /// <param name="acceptsFloored">Whether a covariance may be at a floor.</param>
    public string? ReasonAgainst(bool acceptsFloored)
    {
        int[] floored = [.. Floored];
        if (Problem is not null || acceptsFloored || floored.Length == 0)
        {
            return Problem;
        }

        return Result!.Model.Structure.IsShared
            ? "the shared covariance reached the variance floor"
            : $"covariance at the variance floor in component{(floored.Length > 1 ? "s" : "")} {string.Join(", ", floored)}";
    }

    /// <summary>Whether the fit is better than another one of the same combination.</summary>
    public bool IsBetterThan(CellFit? other)
    {
        if (other?.Result is null || Result is null)
        {
            return Result is not null;
        }

        return IsProper == other.IsProper ? Result.TotalLogLikelihood > other.Result.TotalLogLikelihood : IsProper;
    }
}

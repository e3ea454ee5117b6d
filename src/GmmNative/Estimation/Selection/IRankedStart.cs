using GmmNative.Initialization;

namespace GmmNative.Estimation.Selection;

/// <summary>A start that compares several models.</summary>
internal interface IRankedStart : IStart
{
    /// <summary>Makes and compares the models.</summary>
    /// <returns>The models, the best one first.</returns>
    /// <exception cref="OperationCanceledException">The context's token was canceled.</exception>
    /// <exception cref="SingularCovarianceException">Every start fails.</exception>
    IReadOnlyList<Contender> Rank();
}

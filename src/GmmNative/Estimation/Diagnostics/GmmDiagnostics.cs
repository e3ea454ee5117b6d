using System.Text.Json.Serialization;

namespace GmmNative;

/// <summary>What happened on the way to a fitted model that its user may want to know. Components count from 0.</summary>
/// <example>
/// <code>
/// double[,] rows = { { 1.0, 2.1 }, { 0.9, 1.8 }, { 8.1, 9.0 }, { 8.4, 8.8 } };
/// GmmDiagnostics diagnostics = new GaussianMixtureTrainer(2).Fit(rows).Diagnostics;
/// Console.WriteLine($"{diagnostics.Backend}, {diagnostics.Threads} threads, {diagnostics.EmptyComponents.Count} empty components");
/// </code>
/// </example>
public sealed record GmmDiagnostics
{
    /// <summary>The backend that computed, one line.</summary>
    public required string Backend { get; init; }

    /// <summary>Why that backend.</summary>
    public required string BackendReason { get; init; }

    /// <summary>Threads that computed.</summary>
    public required int Threads { get; init; }

    /// <summary>The numerical path: <c>products</c>, <c>centered</c>, or <c>mixed</c> where both were needed.</summary>
    public required string Path { get; init; }

    /// <summary>Why that path.</summary>
    public required string PathReason { get; init; }

    /// <summary>Share, 0 to 1, of the (row, component) pairs of the last iteration that took the centered form.</summary>
    [JsonConverter(typeof(FiniteNumberJsonConverter))]
    public required double CenteredShare { get; init; }

    /// <summary>Components that no row belonged to in the last iteration; they kept their mean and covariance.</summary>
    public required IReadOnlyList<int> EmptyComponents { get; init; }

    /// <summary>Components whose weight is at the floor.</summary>
    public required IReadOnlyList<int> WeightFlooredComponents { get; init; }

    /// <summary>Components some of whose variances, or eigenvalues of their covariances, are at the floor.</summary>
    public required IReadOnlyList<int> VarianceFlooredComponents { get; init; }

    /// <summary>Components whose covariance was not positive definite in some iteration and had its eigenvalues floored.</summary>
    public required IReadOnlyList<int> EigenvalueFlooredComponents { get; init; }

    /// <summary>Components of the result that equal another one.</summary>
    public required IReadOnlyList<int> EqualComponents { get; init; }

    /// <summary>All of the above that calls for attention, as sentences.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }
}

using System.Text.Json.Serialization;

namespace GmmNative;

/// <summary>Diagnostics of a training. Components are numbered from 0.</summary>
/// <example>
/// <code>
/// double[,] rows = { { 1.0, 2.1 }, { 0.9, 1.8 }, { 8.1, 9.0 }, { 8.4, 8.8 } };
/// GmmDiagnostics diagnostics = new GaussianMixtureTrainer(2).Fit(rows).Diagnostics;
/// Console.WriteLine($"{diagnostics.Backend}, {diagnostics.Threads} threads, {diagnostics.EmptyComponents.Count} empty components");
/// </code>
/// </example>
public sealed record GmmDiagnostics
{
    /// <summary>The backend that was used, in one line.</summary>
    public required string Backend { get; init; }

    /// <summary>Why this backend was selected.</summary>
    public required string BackendReason { get; init; }

    /// <summary>The number of threads.</summary>
    public required int Threads { get; init; }

    /// <summary>The numerical path: <c>products</c>, <c>centred</c> (the centered form), or <c>mixed</c> if both were used.</summary>
    public required string Path { get; init; }

    /// <summary>Why this path was selected.</summary>
    public required string PathReason { get; init; }

    /// <summary>The acceleration that was used: <see cref="Acceleration.None"/> or <see cref="Acceleration.Momentum"/>.</summary>
    [JsonConverter(typeof(JsonStringEnumConverter<Acceleration>))]
    public Acceleration Acceleration { get; init; }

    /// <summary>Why this acceleration was selected.</summary>
    public string AccelerationReason { get; init; } = "requested";

    /// <summary>The share, 0 to 1, of the pairs of a row and a component in the last iteration that used the centered form.</summary>
    [JsonConverter(typeof(FiniteNumberJsonConverter))]
    public required double CenteredShare { get; init; }

    /// <summary>
    /// The number of rows with missing values, which were integrated out or dropped as <see cref="GmmOptions.MissingValues"/> specifies.
    /// </summary>
    public long IncompleteRows { get; init; }

    /// <summary>The components without rows in the last iteration, which kept their means and covariances.</summary>
    public required IReadOnlyList<int> EmptyComponents { get; init; }

    /// <summary>The components whose weight is at the floor.</summary>
    public required IReadOnlyList<int> WeightFlooredComponents { get; init; }

    /// <summary>The components with variances, or eigenvalues of their covariances, at the floor.</summary>
    public required IReadOnlyList<int> VarianceFlooredComponents { get; init; }

    /// <summary>The components whose covariance was not positive definite in some iteration, so that its eigenvalues were raised.</summary>
    public required IReadOnlyList<int> EigenvalueFlooredComponents { get; init; }

    /// <summary>The components whose covariance exceeded the maximum condition in the last iteration.</summary>
    public IReadOnlyList<int> ConditionCappedComponents { get; init; } = [];

    /// <summary>
    /// The K shares, 0 to 1, by which covariances were shrunk in the last iteration; empty if none was. Components that share a covariance
    /// have the same share.
    /// </summary>
    public IReadOnlyList<double> Shrinkage { get; init; } = [];

    /// <summary>The components of the result that equal another component.</summary>
    public required IReadOnlyList<int> EqualComponents { get; init; }

    /// <summary>Sentences about everything that needs attention.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }
}

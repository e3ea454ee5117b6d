using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Serialization;

namespace GmmNative;

/// <summary>A fitted model and how it came about.</summary>
/// <remarks>
/// Immutable. <c>JsonSerializer</c> writes and reads it as it is, in ASP.NET answers too: the model in the shape of a <c>.json</c> model
/// file,
/// matrices as arrays of rows, enumeration values by name, NaN as <c>null</c>.
/// </remarks>
/// <example>
/// <code>
/// double[,] rows = { { 1.0, 2.1 }, { 0.9, 1.8 }, { 8.1, 9.0 }, { 8.4, 8.8 } };
/// GmmFitResult result = new GaussianMixtureTrainer(components: 2).Fit(rows);
/// Console.WriteLine($"{result.AverageLogLikelihood:F4} nats a row, {result.History.Count} iterations, {result.StopReason}");
/// foreach (string warning in result.Diagnostics.Warnings)
/// {
///     Console.WriteLine(warning);
/// }
/// </code>
/// </example>
[DebuggerDisplay("{ToString(),nq}")]
public sealed record GmmFitResult
{
    /// <summary>The fitted model.</summary>
    public required GaussianMixture Model { get; init; }

    /// <summary>
    /// Log-likelihood of all rows in the last E-step, that is, under the model before the last update; nats. Where the log-likelihood fell
    /// and the best model
    /// seen is the result, that model's own.
    /// </summary>
    [JsonConverter(typeof(FiniteNumberJsonConverter))]
    public required double TotalLogLikelihood { get; init; }

    /// <summary>T.</summary>
    public required long RowCount { get; init; }

    /// <summary><see cref="TotalLogLikelihood"/> by row, nats.</summary>
    [JsonConverter(typeof(FiniteNumberJsonConverter))]
    public double AverageLogLikelihood => TotalLogLikelihood / RowCount;

    /// <summary>Posteriors under the fitted model, T x K, if they were asked for.</summary>
    [JsonConverter(typeof(MatrixJsonConverter))]
    public double[,]? Posterior { get; init; }

    /// <summary>The complete iterations, in order.</summary>
    public required IReadOnlyList<EmIteration> History { get; init; }

    /// <summary>Why EM ended.</summary>
    [JsonConverter(typeof(JsonStringEnumConverter<StopReason>))]
    public required StopReason StopReason { get; init; }

    /// <summary>The options of the training, with every default filled in. Left out of JSON.</summary>
    [JsonIgnore]
    public GmmOptions Options { get; init; } = new();

    /// <summary>How long finding the starting model took, with the first pass over the rows.</summary>
    public TimeSpan InitializationTime { get; init; }

    /// <summary>How long the EM iterations took.</summary>
    public TimeSpan EmTime { get; init; }

    /// <summary>What was floored, what was empty, what computed.</summary>
    public required GmmDiagnostics Diagnostics { get; init; }

    /// <summary>The model, its log-likelihood, and how EM ended, in one line.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Model}: {AverageLogLikelihood:G9} nats a row, {History.Count} iterations, {StopReason}");
}

using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Serialization;

namespace GmmNative;

/// <summary>A fitted model and the course of its training.</summary>
/// <remarks>
/// Immutable. <c>JsonSerializer</c> writes and reads it without further options, also in ASP.NET responses: the model in the format of a
/// <c>.json</c> model file, matrices as arrays of rows, enumeration values by name, NaN as <c>null</c>.
/// </remarks>
/// <example>
/// <code>
/// double[,] rows = { { 1.0, 2.1 }, { 0.9, 1.8 }, { 8.1, 9.0 }, { 8.4, 8.8 } };
/// GmmFitResult result = new GaussianMixtureTrainer(components: 2).Fit(rows);
/// Console.WriteLine($"{result.AverageLogLikelihood:F4} nats per row, {result.History.Count} iterations, {result.StopReason}");
/// foreach (string warning in result.Diagnostics.Warnings)
/// {
///     Console.WriteLine(warning);
/// }
/// </code>
/// </example>
[DebuggerDisplay("{ToString(),nq}")]
public sealed record GmmFitResult
{
    private readonly double? _totalWeight;

    /// <summary>The fitted model.</summary>
    public required GaussianMixture Model { get; init; }

    /// <summary>
    /// The log-likelihood of all rows in the last E-step, which is under the model before the last update, in nats. If the log-likelihood
    /// fell and the result is the best model seen, it is the log-likelihood of that model.
    /// </summary>
    [JsonConverter(typeof(FiniteNumberJsonConverter))]
    public required double TotalLogLikelihood { get; init; }

    /// <summary>
    /// The lower bound of the log-evidence after the last update of a variational training, in nats, without constants (scikit-learn's
    /// <c>lower_bound_</c>); <see langword="null"/> for other trainings.
    /// </summary>
    [JsonConverter(typeof(FiniteNumberJsonConverter))]
    public double? LowerBound { get; init; }

    /// <summary>The number of rows, T. Rows of weight 0 are included.</summary>
    public required long RowCount { get; init; }

    /// <summary>The sum of the weights of the rows; the default is <see cref="RowCount"/>, for rows without weights.</summary>
    [JsonConverter(typeof(FiniteNumberJsonConverter))]
    public double TotalWeight
    {
        get => _totalWeight ?? RowCount;
        init => _totalWeight = value;
    }

    /// <summary><see cref="TotalLogLikelihood"/> divided by <see cref="TotalWeight"/>: the average per row, in nats.</summary>
    [JsonConverter(typeof(FiniteNumberJsonConverter))]
    public double AverageLogLikelihood => TotalLogLikelihood / TotalWeight;

    /// <summary>The posteriors under the fitted model, T x K, if they were requested.</summary>
    [JsonConverter(typeof(MatrixJsonConverter))]
    public double[,]? Posterior { get; init; }

    /// <summary>
    /// AIC, BIC and ICL of the model for the rows, or <see langword="null"/> unless <see cref="GmmOptions.ComputeCriteria"/> requests them.
    /// </summary>
    public MixtureCriteria? Criteria { get; init; }

    /// <summary>
    /// The seed of the start that was trained: with several restarts, that of the best one. <see langword="null"/> if the start was given,
    /// so that no random numbers were used.
    /// </summary>
    public int? StartSeed { get; init; }

    /// <summary>The complete iterations, in order.</summary>
    public required IReadOnlyList<EmIteration> History { get; init; }

    /// <summary>Why EM ended.</summary>
    [JsonConverter(typeof(JsonStringEnumConverter<StopReason>))]
    public required StopReason StopReason { get; init; }

    /// <summary>The options of the training, with every default filled in. JSON does not contain them.</summary>
    [JsonIgnore]
    public GmmOptions Options { get; init; } = new();

    /// <summary>The time of the initialization, including the first pass over the rows.</summary>
    public TimeSpan InitializationTime { get; init; }

    /// <summary>The time of the EM iterations.</summary>
    public TimeSpan EmTime { get; init; }

    /// <summary>The diagnostics: warnings, floors, empty components, backend.</summary>
    public required GmmDiagnostics Diagnostics { get; init; }

    /// <summary>Returns the model, its log-likelihood and the stop reason in one line.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Model}: {AverageLogLikelihood:G9} nats per row, {History.Count} iterations, {StopReason}");
}

using System.Text.Json.Serialization;

namespace GmmNative;

/// <summary>
/// How far a training is: told through <see cref="IProgress{T}"/> at the end of each iteration, and with <see cref="Verbosity.Progress"/>
/// within iterations too.
/// </summary>
/// <remarks>As JSON, NaN is <c>null</c>.</remarks>
/// <example>
/// <code>
/// double[,] rows = { { 1.0, 2.1 }, { 0.9, 1.8 }, { 8.1, 9.0 }, { 8.4, 8.8 } };
/// Progress&lt;EmIteration&gt; progress = new(
///     iteration => Console.WriteLine($"{iteration.Phase} {iteration.Iteration}: {iteration.AverageLogLikelihood:F4} nats"));
/// GmmFitResult result = new GaussianMixtureTrainer(2).Fit(rows, progress: progress);
/// </code>
/// </example>
public sealed record EmIteration
{
    /// <summary>Initialisation or EM.</summary>
    [JsonConverter(typeof(JsonStringEnumConverter<TrainingPhase>))]
    public required TrainingPhase Phase { get; init; }

    /// <summary>The iteration, from 1. In the initialisation: of the current codebook.</summary>
    public required int Iteration { get; init; }

    /// <summary>The most iterations there can be; in the initialisation, for the current codebook.</summary>
    public required int IterationLimit { get; init; }

    /// <summary>Components of the model; in the initialisation, of the current codebook.</summary>
    public required int Components { get; init; }

    /// <summary>Whether the iteration is complete; <see langword="false"/> for news from within.</summary>
    public required bool IsComplete { get; init; }

    /// <summary>Rows seen in this iteration so far.</summary>
    public required long Rows { get; init; }

    /// <summary>T, where the source knows it.</summary>
    public long? RowCount { get; init; }

    /// <summary>
    /// Log-likelihood of all rows under the model before this iteration's update, nats. EM only, complete iterations only; otherwise NaN.
    /// </summary>
    [JsonConverter(typeof(FiniteNumberJsonConverter))]
    public double TotalLogLikelihood { get; init; } = double.NaN;

    /// <summary><see cref="TotalLogLikelihood"/> by row.</summary>
    [JsonConverter(typeof(FiniteNumberJsonConverter))]
    public double AverageLogLikelihood => TotalLogLikelihood / Rows;

    /// <summary>
    /// Average squared distance of a row from its centroid. Initialisation only, complete iterations only; otherwise NaN.
    /// </summary>
    [JsonConverter(typeof(FiniteNumberJsonConverter))]
    public double AverageDistance { get; init; } = double.NaN;

    /// <summary>
    /// The model after this iteration. Only in complete iterations of EM, and only as they are reported: what
    /// <see cref="GmmFitResult.History"/> keeps has none, so that memory does not grow with the iterations.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public GaussianMixture? Model { get; init; }

    /// <summary>Time this iteration has taken.</summary>
    public required TimeSpan Elapsed { get; init; }
}

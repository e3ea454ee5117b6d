using System.Text.Json.Serialization;

namespace GmmNative;

/// <summary>
/// The progress of a training. It is reported through <see cref="IProgress{T}"/> at the end of each iteration and, with
/// <see cref="Verbosity.Progress"/>, within iterations too.
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
    private readonly double? _totalWeight;

    /// <summary>The phase: initialization or EM.</summary>
    [JsonConverter(typeof(JsonStringEnumConverter<TrainingPhase>))]
    public required TrainingPhase Phase { get; init; }

    /// <summary>The iteration, from 1. During initialization, the iteration for the current codebook.</summary>
    public required int Iteration { get; init; }

    /// <summary>The maximum number of iterations. During initialization, the maximum for the current codebook.</summary>
    public required int IterationLimit { get; init; }

    /// <summary>The number of components. During initialization, the size of the current codebook.</summary>
    public required int Components { get; init; }

    /// <summary>Whether the iteration is complete; <see langword="false"/> for a report from within an iteration.</summary>
    public required bool IsComplete { get; init; }

    /// <summary>The number of rows processed in this iteration so far. Rows of weight 0 are not processed.</summary>
    public required long Rows { get; init; }

    /// <summary>The number of rows to process, if the source knows it.</summary>
    public long? RowCount { get; init; }

    /// <summary>
    /// The sum of the weights of all rows, for a complete iteration of EM. The default is <see cref="Rows"/>, for rows without weights.
    /// </summary>
    [JsonConverter(typeof(FiniteNumberJsonConverter))]
    public double TotalWeight
    {
        get => _totalWeight ?? Rows;
        init => _totalWeight = value;
    }

    /// <summary>
    /// The log-likelihood of all rows under the model before the update of this iteration, in nats; NaN unless this is a complete iteration
    /// of EM.
    /// </summary>
    [JsonConverter(typeof(FiniteNumberJsonConverter))]
    public double TotalLogLikelihood { get; init; } = double.NaN;

    /// <summary>
    /// Whether the model of this iteration was extrapolated (<see cref="Acceleration.Momentum"/>) and rejected, because its objective was
    /// lower than that of the last accepted model. Without acceleration, no iteration is rejected.
    /// </summary>
    public bool IsRejected { get; init; }

    /// <summary><see cref="TotalLogLikelihood"/> divided by <see cref="TotalWeight"/>: the average per row.</summary>
    [JsonConverter(typeof(FiniteNumberJsonConverter))]
    public double AverageLogLikelihood => TotalLogLikelihood / TotalWeight;

    /// <summary>
    /// The average squared distance of a row from its centroid; NaN unless this is a complete iteration of the initialization.
    /// </summary>
    [JsonConverter(typeof(FiniteNumberJsonConverter))]
    public double AverageDistance { get; init; } = double.NaN;

    /// <summary>
    /// The model after this iteration, for complete iterations of EM. It is <see langword="null"/> in <see cref="GmmFitResult.History"/>,
    /// so that memory does not grow with the number of iterations.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public GaussianMixture? Model { get; init; }

    /// <summary>The time that this iteration has taken.</summary>
    public required TimeSpan Elapsed { get; init; }
}

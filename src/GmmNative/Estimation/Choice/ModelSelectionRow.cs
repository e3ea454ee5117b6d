using System.Text.Json.Serialization;
using GmmNative.Model;

namespace GmmNative;

/// <summary>The outcome of one trained model of a <see cref="ModelSelection"/>: a row of its table.</summary>
/// <remarks>Immutable.</remarks>
/// <example>
/// <code>
/// double[,] rows = { { 1.0, 2.1 }, { 0.9, 1.8 }, { 1.2, 2.0 }, { 8.1, 9.0 }, { 8.4, 8.8 }, { 7.9, 9.3 } };
/// foreach (ModelSelectionRow row in new ModelSelection(components: [1, 2]).Fit(rows).Rows)
/// {
///     Console.WriteLine($"{row.Components} {row.Covariance}: BIC {row.Criteria?.Bic:F2} {row.Problem}");
/// }
/// </code>
/// </example>
public sealed record ModelSelectionRow
{
    /// <summary>The number of components, K.</summary>
    public required int Components { get; init; }

    /// <summary>The kind of the covariances.</summary>
    [JsonConverter(typeof(JsonStringEnumConverter<CovarianceKind>))]
    public required CovarianceKind Covariance { get; init; }

    /// <summary>
    /// The log-likelihood, the number of parameters, AIC, BIC and ICL for all rows, or <see langword="null"/> if there is no model.
    /// </summary>
    public MixtureCriteria? Criteria { get; init; }

    /// <summary>
    /// The average log-likelihood of rows that were not used in training, in nats per row, or <see langword="null"/> if it was not
    /// computed. With folds it is the average over all rows, each under the model that was trained without its fold.
    /// </summary>
    [JsonConverter(typeof(FiniteNumberJsonConverter))]
    public double? HeldOutLogLikelihood { get; init; }

    /// <summary>The number of EM iterations of the final training on all rows. The iterations that compared starts do not count.</summary>
    public int Iterations { get; init; }

    /// <summary>Why the training ended, or <see langword="null"/> if there is no model.</summary>
    [JsonConverter(typeof(JsonStringEnumConverter<StopReason>))]
    public StopReason? StopReason { get; init; }

    /// <summary>
    /// Whether the model was grown from the model with fewer components, by splitting, because that led to a larger log-likelihood than the
    /// other starts.
    /// </summary>
    public bool StartedFromSplit { get; init; }

    /// <summary>
    /// Why the row cannot be chosen, in one sentence, or <see langword="null"/> if it can. Either there is no model, or a covariance
    /// reached the floor, so that the likelihood depends on the floor.
    /// </summary>
    public string? Problem { get; init; }

    /// <summary>The time spent on the row, summed over threads that worked on it at the same time.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>
    /// The model, in reports of progress. It is <see langword="null"/> in the rows of a result, which has only the chosen model.
    /// </summary>
    [JsonIgnore]
    public GaussianMixture? Model { get; init; }

    /// <summary>Returns the value of a criterion, or NaN if the row has none.</summary>
    /// <param name="criterion">The criterion.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="criterion"/> is undefined.</exception>
    public double ValueOf(SelectionCriterion criterion) => criterion switch
    {
        SelectionCriterion.Bic => Criteria?.Bic ?? double.NaN,
        SelectionCriterion.Aic => Criteria?.Aic ?? double.NaN,
        SelectionCriterion.Icl => Criteria?.Icl ?? double.NaN,
        SelectionCriterion.HeldOut => HeldOutLogLikelihood ?? double.NaN,
        _ => throw new ArgumentOutOfRangeException(nameof(criterion), criterion, "The value is not a defined criterion."),
    };

    /// <summary>Returns K, the kind of the covariances, and BIC or the problem in one line.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"K = {Components}, {CovarianceKindNames.Of(Covariance)}: BIC {Criteria?.Bic ?? double.NaN:F2}")
        + (Problem is null ? "" : $" ({Problem})");

    /// <summary>Whether the row is better than another by a criterion.</summary>
    internal bool IsBetterThan(ModelSelectionRow other, SelectionCriterion criterion) => criterion == SelectionCriterion.HeldOut
        ? ValueOf(criterion) > other.ValueOf(criterion)
        : ValueOf(criterion) < other.ValueOf(criterion);

    /// <summary>Whether the row can be chosen by a criterion.</summary>
    internal bool CanBeChosen(SelectionCriterion criterion) => Problem is null && double.IsFinite(ValueOf(criterion));
}

using System.Diagnostics;
using System.Text.Json.Serialization;

namespace GmmNative;

/// <summary>The table of a <see cref="ModelSelection"/>, and the chosen model.</summary>
/// <remarks>Immutable. <c>JsonSerializer</c> writes and reads it without further options, like <see cref="GmmFitResult"/>.</remarks>
/// <example>
/// <code>
/// double[,] rows = { { 1.0, 2.1 }, { 0.9, 1.8 }, { 1.2, 2.0 }, { 8.1, 9.0 }, { 8.4, 8.8 }, { 7.9, 9.3 } };
/// ModelSelectionResult result = new ModelSelection(components: [1, 2]).Fit(rows);
/// if (result.Model is { } model)
/// {
///     ModelFile.Save(model, "best.npz");
/// }
/// </code>
/// </example>
[DebuggerDisplay("{ToString(),nq}")]
public sealed record ModelSelectionResult
{
    /// <summary>The criterion of the choice.</summary>
    [JsonConverter(typeof(JsonStringEnumConverter<SelectionCriterion>))]
    public required SelectionCriterion Criterion { get; init; }

    /// <summary>
    /// The trained models by ascending K, those of the same K in the order of the given kinds of covariances. After a cancellation, only
    /// the rows that were complete.
    /// </summary>
    public required IReadOnlyList<ModelSelectionRow> Rows { get; init; }

    /// <summary>The chosen row, one of <see cref="Rows"/>, or <see langword="null"/> if no row can be chosen.</summary>
    public required ModelSelectionRow? Best { get; init; }

    /// <summary>
    /// The chosen model, with <see cref="GaussianMixture.TrainingCriteria"/>, or <see langword="null"/> if no row can be chosen.
    /// </summary>
    public required GaussianMixture? Model { get; init; }

    /// <summary>Whether the selection was canceled, so that rows are missing.</summary>
    public bool IsCancelled { get; init; }

    /// <summary>The number of rows of the data, T. Rows of weight 0 are included.</summary>
    public required long RowCount { get; init; }

    /// <summary>The sum of the weights of the rows of the data; their number if they have no weights.</summary>
    [JsonConverter(typeof(FiniteNumberJsonConverter))]
    public required double TotalWeight { get; init; }

    /// <summary>The duration of the selection.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>Returns the number of rows and the chosen one in one line.</summary>
    public override string ToString() => $"{Rows.Count} models, best by {Criterion}: {Best?.ToString() ?? "none"}";
}

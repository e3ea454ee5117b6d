using GmmNative.Data;
using GmmNative.Execution;
using GmmNative.Model;
using GmmNative.Scoring;
using GmmNative.Scoring.Results;
using GmmNative.Scoring.Utterances;

namespace GmmNative;

/// <summary>Scores utterances: the average log-density of their rows, or the average log-likelihood ratio of two models.</summary>
/// <remarks>Thread-safe.</remarks>
/// <example>
/// <code>
/// GaussianMixture speaker = ModelFile.Load("speaker.npz");
/// using IVectorSource frames = VectorFile.Open("feats.scp");
/// foreach (UtteranceScore score in speaker.ScoreUtterances(frames))
/// {
///     Console.WriteLine($"{score.Key} {score.RowCount} {score.Average}");
/// }
/// </code>
/// </example>
public static class GaussianMixtureUtterances
{
    /// <summary>Scores each utterance of a data set, in one pass for each model and in constant memory.</summary>
    /// <param name="model">The model.</param>
    /// <param name="rows">The rows, T x D. Rows without utterances are one utterance with an empty key.</param>
    /// <param name="background">
    /// The model whose log-densities are subtracted, of the same dimension, or <see langword="null"/>, the default, for none. Its columns
    /// are matched to the names of the rows if both have names.
    /// </param>
    /// <param name="execution">The execution options; <see langword="null"/> for the defaults.</param>
    /// <param name="cancellationToken">Stops the computation.</param>
    /// <returns>The scores in the order of the utterances. The same bits for any number of threads.</returns>
    /// <exception cref="VectorDataException">
    /// The rows have another dimension, lack a named column, or contain a value that is not finite.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public static IReadOnlyList<UtteranceScore> ScoreUtterances(
        this GaussianMixture model, IVectorSource rows, GaussianMixture? background = null, ExecutionOptions? execution = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(rows);
        UtteranceScore[] scores = Average(model, rows, execution, cancellationToken);
        if (background is null)
        {
            return scores;
        }

        UtteranceScore[] others = Average(background, rows, execution, cancellationToken);
        return [.. scores.Zip(others, (score, other) => score with { Average = score.Average - other.Average })];
    }

    private static UtteranceScore[] Average(
        GaussianMixture model, IVectorSource rows, ExecutionOptions? execution, CancellationToken cancellationToken)
    {
        long count = VectorSourceCount.Of(rows, cancellationToken);
        IReadOnlyList<Utterance> utterances = rows.Utterances.Count > 0 ? rows.Utterances : [new Utterance("", 0, count)];
        UtteranceSums sums = new(utterances, rows.RowWeights);
        ResultStream<UtteranceSums.Block> results = new(
            new ResultRequest(ResultKinds.LogDensity), count, 1, () => new UtteranceSums.Block(), sums.Receive);
        ScoringPass.Stream(model, ModelColumns.Arrange(rows, model), results, ExecutionPlan.From(execution), cancellationToken);
        return sums.Averages();
    }
}

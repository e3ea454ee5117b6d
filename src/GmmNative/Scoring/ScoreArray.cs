using GmmNative.Data;
using GmmNative.Execution;
using GmmNative.Scoring.Results;

namespace GmmNative.Scoring;

/// <summary>
/// Stores one log-density or log-likelihood ratio per row. All groups share one block, because each group writes different rows.
/// </summary>
internal sealed class ScoreArray : IResultBlock
{
    private readonly double[] _scores;

    private ScoreArray(int rows) => _scores = new double[rows];

    /// <summary>Scores all rows of a source, in one pass.</summary>
    /// <param name="model">The model.</param>
    /// <param name="background">The model whose log-densities are subtracted, or <see langword="null"/>.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="execution">The backend, threads and batch size.</param>
    /// <param name="cancellationToken">Stops the computation.</param>
    /// <exception cref="VectorDataException">
    /// The rows and the model differ in dimension, a value is not finite, or there are more rows than an array can contain.
    /// </exception>
    public static double[] Of(
        GaussianMixture model, GaussianMixture? background, IVectorSource rows, ExecutionPlan execution,
        CancellationToken cancellationToken)
    {
        ScoreArray array = new(VectorSourceCount.ForArray(rows, 1, cancellationToken));
        ResultRequest request = new(ResultKinds.LogDensity) { Background = background };
        ResultStream<ScoreArray> all = new(request, array._scores.Length, 1, () => array, static _ => { });
        ScoringPass.Stream(model, rows, all, execution, cancellationToken);
        return array._scores;
    }

    /// <inheritdoc/>
    public void Add(in RowResults results) => results.LogDensities.CopyTo(_scores.AsSpan((int)results.FirstRow));
}

using GmmNative.Data.Sources;
using GmmNative.Execution;

namespace GmmNative.Passes;

/// <summary>The rows of a training with what a first pass over them has found: made once, used by the start and by EM.</summary>
internal sealed class TrainingData
{
    private TrainingData(IVectorSource rows, DataSummary summary)
    {
        Rows = rows;
        Summary = summary;
    }

    public IVectorSource Rows { get; }

    public DataSummary Summary { get; }

    /// <summary>Reads all rows once.</summary>
    /// <exception cref="VectorDataException">There are no rows, a value is not finite, or the variance of a column is not.</exception>
    public static TrainingData Of(IVectorSource rows, ExecutionPlan execution, CancellationToken cancellationToken) =>
        new(rows, DataSummary.Of(rows, execution, cancellationToken));

    /// <summary>Rows drawn from the whole range, which the summary of all describes; all rows where there are no more than that.</summary>
    /// <param name="count">The number of rows.</param>
    /// <param name="random">Draws the rows.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    public TrainingData Sample(long count, Random random, CancellationToken cancellationToken) =>
        count >= Summary.Rows || count * Rows.Dimension > Array.MaxLength
            ? this
            : new TrainingData(RandomRows.Spread(Rows, Summary.Rows, (int)count, random, cancellationToken), Summary.OfSample(count));
}

using GmmNative.Data.Sources;
using GmmNative.Execution;

namespace GmmNative.Passes;

/// <summary>The rows of a training with what a first pass over them has found: made once, used by the start and by EM.</summary>
internal sealed class TrainingData
{
    private TrainingData(IVectorSource rows, ReadOnlyMemory<double> weights, DataSummary summary)
    {
        Rows = rows;
        Weights = weights;
        Summary = summary;
    }

    public IVectorSource Rows { get; }

    /// <summary>T weights of the rows, finite and not negative, with a positive sum; empty where all are one.</summary>
    public ReadOnlyMemory<double> Weights { get; }

    /// <summary>The rows' number, mean and range. Rows count as one each, whatever their weights.</summary>
    public DataSummary Summary { get; }

    /// <summary>Reads all rows once.</summary>
    /// <exception cref="VectorDataException">There are no rows, a value is not finite, or the variance of a column is not.</exception>
    public static TrainingData Of(IVectorSource rows, ExecutionPlan execution, CancellationToken cancellationToken) =>
        new(rows, default, DataSummary.Of(rows, execution, cancellationToken));

    /// <summary>The same rows with weights.</summary>
    /// <param name="weights">T weights; kept, not copied.</param>
    /// <exception cref="VectorDataException">There are not T weights, one is negative or not finite, or all are zero.</exception>
    public TrainingData WithWeights(ReadOnlyMemory<double> weights)
    {
        if (weights.Length != Summary.Rows)
        {
            throw new VectorDataException($"There are {weights.Length} row weights for {Summary.Rows} rows: give one for each row.");
        }

        double sum = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            double weight = weights.Span[i];
            if (!double.IsFinite(weight) || weight < 0)
            {
                throw new VectorDataException($"Row weight {i + 1} is {weight:R}: row weights must be finite and not negative.");
            }

            sum += weight;
        }

        return sum > 0 && double.IsFinite(sum)
            ? new TrainingData(Rows, weights, Summary)
            : throw new VectorDataException($"The row weights sum to {sum:R}: their sum must be positive and finite.");
    }

    /// <summary>Rows drawn from the whole range, which the summary of all describes; all rows where there are no more than that.</summary>
    /// <param name="count">The number of rows.</param>
    /// <param name="random">Draws the rows.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    public TrainingData Sample(long count, Random random, CancellationToken cancellationToken)
    {
        if (count >= Summary.Rows || count * Rows.Dimension > Array.MaxLength)
        {
            return this;
        }

        long[] places = RandomRows.Spread(Summary.Rows, (int)count, random);
        ReadOnlyMemory<double> rows = RandomRows.Read(Rows, places, cancellationToken);
        double[] weights = Weights.IsEmpty ? [] : [.. places.Select(place => Weights.Span[(int)place])];
        return new TrainingData(VectorSource.From(rows, Rows.Dimension), weights, Summary.OfSample(count));
    }
}

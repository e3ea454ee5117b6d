using GmmNative.Data.Sources;
using GmmNative.Execution;

namespace GmmNative.Passes;

/// <summary>The rows of a training and the results of a first pass over them, which the start and EM share.</summary>
internal sealed class TrainingData
{
    private TrainingData(IVectorSource rows, ReadOnlyMemory<double> weights, DataSummary summary)
    {
        Rows = rows;
        Weights = weights;
        Summary = summary;
    }

    public IVectorSource Rows { get; }

    /// <summary>The T weights of the rows, finite and not negative, with a positive sum; empty if all weights are 1.</summary>
    public ReadOnlyMemory<double> Weights { get; }

    /// <summary>The number, mean and range of the rows. Every row counts as one, regardless of its weight.</summary>
    public DataSummary Summary { get; }

    /// <summary>Reads all rows once.</summary>
    /// <exception cref="VectorDataException">There are no rows, or a value or the variance of a column is not finite.</exception>
    public static TrainingData Of(IVectorSource rows, ExecutionPlan execution, CancellationToken cancellationToken) =>
        new(rows, default, DataSummary.Of(rows, execution, cancellationToken));

    /// <summary>Returns the same rows with weights.</summary>
    /// <param name="weights">T weights, which are not copied.</param>
    /// <exception cref="VectorDataException">
    /// The number of weights is not T, a weight is negative or not finite, or all weights are zero.
    /// </exception>
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

    /// <summary>
    /// Draws a sample of rows from the whole data set, with the summary of all rows. Returns all rows if there are no more.
    /// </summary>
    /// <param name="count">The number of rows to draw.</param>
    /// <param name="random">The random numbers.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
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

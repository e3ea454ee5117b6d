using System.Numerics.Tensors;
using GmmNative.Data;
using GmmNative.Data.Sources;
using GmmNative.Execution;
using GmmNative.Passes.Missing;

namespace GmmNative.Passes;

/// <summary>
/// The rows of a training, their weights, and the results of a first pass over them, which the start and EM share. A row of weight 0 is
/// not part of them, nor is a row with missing values if such rows are dropped.
/// </summary>
/// <remarks>
/// The weights are divided by a power of two, <see cref="WeightScale"/>, so that the largest one is at least 1 and below 2: products in
/// single precision then neither overflow nor underflow, and no digit of a weight changes. If all weights are equal after that, the rows
/// have no weights.
/// </remarks>
internal sealed record TrainingData
{
    private const double MaximumWeight = 2;
    private const double MinimumRatio = 1e-4;

    private readonly RowDraws _draws;

    private TrainingData(
        IVectorSource rows, long rowCount, ReadOnlyMemory<double> weights, double weightScale, DataSummary summary,
        CancellationToken cancellationToken)
    {
        Missing = summary.HasMissing ? MissingPatterns.Find(rows, cancellationToken) : null;
        Rows = rows;
        RowCount = rowCount;
        Weights = weights;
        WeightScale = weightScale;
        Summary = summary;
        _draws = new RowDraws(summary.Rows, weights);
    }

    /// <summary>The rows of positive weight.</summary>
    public IVectorSource Rows { get; }

    /// <summary>The number of rows, T, including those of weight 0 and those that were dropped.</summary>
    public long RowCount { get; private init; }

    /// <summary>The weights of <see cref="Rows"/>, positive, divided by <see cref="WeightScale"/>; empty if all weights are 1.</summary>
    public ReadOnlyMemory<double> Weights { get; }

    /// <summary>Whether sums from which the heaviest row was removed keep enough digits for the lightest row.</summary>
    public bool HasSimilarWeights => Weights.IsEmpty || TensorPrimitives.Min(Weights.Span) > MaximumWeight * MinimumRatio;

    /// <summary>The factor of all weights, a power of two; 1 if the rows have no weights.</summary>
    public double WeightScale { get; }

    /// <summary>The number, weighted mean and range of <see cref="Rows"/>.</summary>
    public DataSummary Summary { get; }

    /// <summary>The patterns of missing values in <see cref="Rows"/>, or <see langword="null"/> if no value is missing.</summary>
    public MissingPatterns? Missing { get; }

    /// <summary>The number of rows with missing values that were left out.</summary>
    public long DroppedRows { get; private init; }

    /// <summary>Reads all rows once. The source specifies what happens to missing values.</summary>
    /// <param name="source">The rows, with or without weights.</param>
    /// <param name="execution">The threads.</param>
    /// <param name="cancellationToken">Stops the pass.</param>
    /// <exception cref="VectorDataException">
    /// There are no rows, a value or the variance of a column is not finite, every value of a column is missing, or the number of weights
    /// is not T.
    /// </exception>
    public static TrainingData Of(IVectorSource source, ExecutionPlan execution, CancellationToken cancellationToken)
    {
        if (source.MissingValues == MissingValues.Drop && CompleteRows.Find(source, cancellationToken) is { } complete)
        {
            if (complete.Numbers.Length == 0)
            {
                throw new VectorDataException(
                    "Every row has a missing value, so no row remains: integrate missing values out instead of dropping rows.");
            }

            return OfRows(complete.Select(source), execution, cancellationToken) with
            {
                RowCount = complete.RowCount,
                DroppedRows = complete.RowCount - complete.Numbers.Length,
            };
        }

        return OfRows(source, execution, cancellationToken);
    }

    private static TrainingData OfRows(IVectorSource source, ExecutionPlan execution, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<double> weights = source.RowWeights;
        bool acceptsMissing = source.MissingValues == MissingValues.Marginalize;
        if (weights.IsEmpty)
        {
            DataSummary plain = DataSummary.Of(source, execution, cancellationToken, default, acceptsMissing);
            return new TrainingData(source, plain.Rows, default, 1, plain, cancellationToken);
        }

        // Sources of other assemblies may have any weights.
        RowWeightCheck.CheckCount(weights.Length, source.RowCount ?? weights.Length);
        RowWeightCheck.Check(weights.Span);
        IVectorSource rows = source;
        if (weights.Span.Contains(0))
        {
            int[] positive = [.. Enumerable.Range(0, weights.Length).Where(t => source.RowWeights.Span[t] > 0)];
            weights = Array.ConvertAll(positive, t => source.RowWeights.Span[t]);
            rows = source is IRandomAccessVectorSource direct
                ? new RandomAccessSubsetVectorSource(direct, positive)
                : new SubsetVectorSource(source, positive);
        }

        double scale = Math.ScaleB(1, Math.ILogB(TensorPrimitives.Max(weights.Span)));
        double[] scaled = new double[weights.Length];
        TensorPrimitives.Divide(weights.Span, scale, scaled);
        weights = scaled.AsSpan().ContainsAnyExcept(1.0) ? scaled : default;
        DataSummary summary = DataSummary.Of(rows, execution, cancellationToken, weights, acceptsMissing);
        RowWeightCheck.CheckCount(scaled.Length, summary.Rows);
        return new TrainingData(rows, source.RowWeights.Length, weights, scale, summary, cancellationToken);
    }

    /// <summary>
    /// Draws a sample of rows from the whole data set, with probabilities proportional to their weights, and with the summary of all rows.
    /// A row may be drawn more than once, and the rows of the sample have no weights. Returns all rows if there are no more.
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

        long[] places = _draws.Spread((int)count, random);
        ReadOnlyMemory<double> rows = RandomRows.Read(Rows, places, cancellationToken);
        return new TrainingData(
            VectorSource.From(rows, Rows.Dimension).WithMissingValues(Rows.MissingValues), count, default, 1, Summary.OfSample(count),
            cancellationToken);
    }

    /// <summary>Draws one row number, with probabilities proportional to the weights.</summary>
    /// <param name="random">The random numbers.</param>
    public long DrawOne(Random random) => _draws.One(random);

    /// <summary>
    /// Draws distinct row numbers, ascending, each with a probability proportional to its weight among the remaining rows. If there are
    /// fewer rows than requested, returns all rows, some more than once.
    /// </summary>
    /// <param name="count">The number of rows to draw.</param>
    /// <param name="random">The random numbers.</param>
    public long[] DrawDistinct(int count, Random random) => _draws.Distinct(count, random);
}

namespace GmmNative.Plots.Geometry;

/// <summary>The rows that are drawn: all rows of a source, or a random sample of them in their order.</summary>
internal sealed class SampledRows
{
    private const int BatchRows = 1024;

    private readonly double[] _values;
    private readonly double[]? _weights;

    private SampledRows(double[] values, int dimension, long sourceRows, double[]? weights)
    {
        _values = values;
        _weights = weights;
        Dimension = dimension;
        SourceRows = sourceRows;
        Count = values.Length / dimension;
        TotalWeight = weights is null ? Count : weights.Sum();
    }

    /// <summary>The dimension of the rows.</summary>
    public int Dimension { get; }

    /// <summary>The number of rows in the sample.</summary>
    public int Count { get; }

    /// <summary>The number of rows that the source has; rows of weight 0 do not count.</summary>
    public long SourceRows { get; }

    /// <summary>The sum of the weights of the sample.</summary>
    public double TotalWeight { get; }

    /// <summary>
    /// Reads rows. If a source has more than <paramref name="maximum"/> rows, a sample without replacement is drawn, in one pass, with
    /// probabilities that are proportional to the row weights (Efraimidis and Spirakis, Weighted random sampling with a reservoir, 2006).
    /// </summary>
    /// <param name="source">The rows.</param>
    /// <param name="maximum">The maximum size of the sample.</param>
    /// <param name="seed">The seed of the draw.</param>
    /// <param name="cancellationToken">Ends the pass early.</param>
    public static SampledRows Draw(IVectorSource source, int maximum, int seed, CancellationToken cancellationToken)
    {
        int dimension = source.Dimension;
        ReadOnlyMemory<double> weights = source.RowWeights;
        Random random = new(seed);
        PriorityQueue<(long Row, double[] Values), double> kept = new();
        double[] buffer = new double[BatchRows * dimension];
        long row = 0;
        long counted = 0;
        using IVectorReader reader = source.OpenReader();
        for (int read = reader.Read(buffer); read > 0; read = reader.Read(buffer))
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (int i = 0; i < read; i++, row++)
            {
                double weight = weights.IsEmpty ? 1 : weights.Span[(int)row];
                if (weight == 0)
                {
                    continue;
                }

                // The rows with the largest keys u^(1/w) remain; the logarithm of the key is safe for any weight.
                double key = Math.Log(1 - random.NextDouble()) / weight;
                counted++;
                if (kept.Count < maximum)
                {
                    kept.Enqueue((row, buffer.AsSpan(i * dimension, dimension).ToArray()), key);
                }
                else if (kept.TryPeek(out _, out double smallest) && key > smallest)
                {
                    kept.DequeueEnqueue((row, buffer.AsSpan(i * dimension, dimension).ToArray()), key);
                }
            }
        }

        (long Row, double[] Values)[] sample = [.. kept.UnorderedItems.Select(item => item.Element).OrderBy(element => element.Row)];

        // In a sample, the weights have already decided which rows are drawn.
        double[]? sampleWeights = weights.IsEmpty || counted > sample.Length
            ? null : [.. sample.Select(element => weights.Span[(int)element.Row])];
        return new SampledRows([.. sample.SelectMany(element => element.Values)], dimension, counted, sampleWeights);
    }

    /// <summary>A row of the sample.</summary>
    public ReadOnlySpan<double> Row(int index) => _values.AsSpan(index * Dimension, Dimension);

    /// <summary>The weight of a row of the sample.</summary>
    public double Weight(int index) => _weights is null ? 1 : _weights[index];
}

using GmmNative.Data.Sources;

namespace GmmNative.Passes;

/// <summary>Draws row numbers with probabilities proportional to the weights of the rows.</summary>
/// <param name="rows">The number of rows.</param>
/// <param name="weights">The weights of the rows, positive; empty if all weights are 1.</param>
internal sealed class RowDraws(long rows, ReadOnlyMemory<double> weights)
{
    private readonly Lazy<double[]> _cumulative = new(() => Cumulative(weights.Span));

    /// <summary>Draws one row number.</summary>
    public long One(Random random) =>
        weights.IsEmpty ? random.NextInt64(rows) : PlaceOf(random.NextDouble() * _cumulative.Value[^1]);

    /// <summary>
    /// Draws a stratified sample of row numbers, in ascending order: one random row from each of <paramref name="count"/> parts of equal
    /// weight. A row that is heavier than a part is drawn more than once.
    /// </summary>
    public long[] Spread(int count, Random random)
    {
        if (weights.IsEmpty)
        {
            return RandomRows.Spread(rows, count, random);
        }

        double part = _cumulative.Value[^1] / count;
        long[] places = new long[count];
        for (int i = 0; i < count; i++)
        {
            places[i] = PlaceOf((i + random.NextDouble()) * part);
        }

        return places;
    }

    /// <summary>
    /// Draws distinct row numbers, ascending. If there are fewer rows than requested, returns all rows, some more than once.
    /// </summary>
    /// <remarks>
    /// Row t gets the key e / a_t, with a standard exponential number e and the weight a_t. The rows with the smallest keys are the result
    /// of successive draws without replacement. Source: Efraimidis and Spirakis, 2006.
    /// </remarks>
    public long[] Distinct(int count, Random random)
    {
        if (weights.IsEmpty || count >= rows)
        {
            return RandomRows.Draw(rows, count, random);
        }

        // The largest key is at the head of the queue.
        PriorityQueue<int, double> smallest = new(count);
        for (int t = 0; t < weights.Length; t++)
        {
            double key = -Math.Log(1 - random.NextDouble()) / weights.Span[t];
            if (smallest.Count < count)
            {
                smallest.Enqueue(t, -key);
            }
            else
            {
                smallest.EnqueueDequeue(t, -key);
            }
        }

        return [.. smallest.UnorderedItems.Select(item => (long)item.Element).Order()];
    }

    /// <summary>Returns the row whose part of the cumulative weight contains a value.</summary>
    private int PlaceOf(double value)
    {
        double[] cumulative = _cumulative.Value;
        int place = Array.BinarySearch(cumulative, value);

        // A row's part includes its lower end: the row after an exact hit. Light rows may share one cumulative weight by rounding.
        place = place >= 0 ? place + 1 : ~place;
        return Math.Min(place, cumulative.Length - 1);
    }

    private static double[] Cumulative(ReadOnlySpan<double> weights)
    {
        double[] cumulative = new double[weights.Length];
        double sum = 0;
        for (int t = 0; t < cumulative.Length; t++)
        {
            sum += weights[t];
            cumulative[t] = sum;
        }

        return cumulative;
    }
}

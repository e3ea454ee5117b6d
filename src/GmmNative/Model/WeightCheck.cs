namespace GmmNative.Model;

/// <summary>The check of a mixture's weights, taken in order and in any pieces: finite, not negative, a sum of one.</summary>
internal sealed class WeightCheck
{
    /// <summary>How far from 1 the sum of the weights may be: what single precision files and long printed decimals keep.</summary>
    private const double Tolerance = 1e-6;

    private long _count;
    private double _sum;

    /// <summary>Takes the next weights.</summary>
    /// <exception cref="InvalidMixtureException">One is negative or not finite.</exception>
    public void Add(ReadOnlySpan<double> weights)
    {
        foreach (double weight in weights)
        {
            if (!double.IsFinite(weight) || weight < 0)
            {
                throw new InvalidMixtureException($"Weight {_count} is {weight:R}: weights must be finite and not negative.");
            }

            _sum += weight;
            _count++;
        }
    }

    /// <summary>The sum, once all have been taken.</summary>
    /// <exception cref="InvalidMixtureException">It is not one.</exception>
    public double Finish() =>
        Math.Abs(_sum - 1) <= Tolerance ? _sum : throw new InvalidMixtureException($"The weights sum to {_sum:R}, not to 1.");
}

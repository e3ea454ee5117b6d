namespace GmmNative.Model;

/// <summary>Checks the weights of a mixture, which can be added in pieces: finite, not negative, with a sum of 1.</summary>
internal sealed class WeightCheck
{
    /// <summary>The maximum difference between the sum and 1, which allows for single-precision files and long printed decimals.</summary>
    private const double Tolerance = 1e-6;

    private long _count;
    private double _sum;

    /// <summary>Checks and adds the next weights.</summary>
    /// <exception cref="InvalidMixtureException">A weight is negative or not finite.</exception>
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

    /// <summary>Returns the sum after all weights have been added.</summary>
    /// <exception cref="InvalidMixtureException">The sum is not 1.</exception>
    public double Finish() =>
        Math.Abs(_sum - 1) <= Tolerance ? _sum : throw new InvalidMixtureException($"The weights sum to {_sum:R}, not to 1.");
}

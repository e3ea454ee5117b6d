using System.Runtime.InteropServices;
using GmmNative.Passes;

namespace GmmNative.Inference.Comparison;

/// <summary>The number, mean and squared deviations of log-likelihood ratios.</summary>
/// <remarks>
/// Parts are merged by the formulas of T. F. Chan, G. H. Golub and R. J. LeVeque, "Algorithms for computing the sample variance", 1983.
/// They lose no digits if the mean is large.
/// </remarks>
internal sealed class RatioSums : IAccumulator<RatioSums>
{
    private long _count;
    private double _mean;
    private double _squares;

    /// <summary>The mean, in nats.</summary>
    public double Mean => _mean;

    /// <summary>The standard error of the mean, in nats.</summary>
    public double StandardError => Math.Sqrt(_squares / (_count - 1) / _count);

    /// <inheritdoc/>
    public void Clear() => (_count, _mean, _squares) = (0, 0, 0);

    /// <summary>Adds numbers.</summary>
    /// <param name="ratios">The numbers, at least one.</param>
    public void Add(ReadOnlySpan<double> ratios)
    {
        double sum = 0;
        foreach (double ratio in ratios)
        {
            sum += ratio;
        }

        double mean = sum / ratios.Length;
        double squares = 0;
        foreach (double ratio in ratios)
        {
            squares += (ratio - mean) * (ratio - mean);
        }

        Add(ratios.Length, mean, squares);
    }

    /// <inheritdoc/>
    public void Add(RatioSums other) => Add(other._count, other._mean, other._squares);

    /// <inheritdoc/>
    public void VisitSums(ISumVisitor visitor)
    {
        visitor.Counts(MemoryMarshal.CreateSpan(ref _count, 1));
        visitor.Sums(MemoryMarshal.CreateSpan(ref _mean, 1));
        visitor.Sums(MemoryMarshal.CreateSpan(ref _squares, 1));
    }

    private void Add(long count, double mean, double squares)
    {
        if (count == 0)
        {
            return;
        }

        long total = _count + count;
        double difference = mean - _mean;
        _mean += difference * ((double)count / total);
        _squares += squares + (difference * difference * ((double)_count * count / total));
        _count = total;
    }
}

using GmmNative.Passes;

namespace GmmNative.Scoring.Criteria;

/// <summary>The sums over rows from which criteria are computed.</summary>
internal sealed class CriteriaSums : IAccumulator<CriteriaSums>
{
    private long _rows;
    private double _weight;
    private double _logLikelihood;
    private double _logLargest;

    /// <summary>The number of rows.</summary>
    public long Rows => _rows;

    /// <summary>The sum of the weights of the rows.</summary>
    public double Weight => _weight;

    /// <summary>The weighted log-likelihood, in nats.</summary>
    public double LogLikelihood => _logLikelihood;

    /// <summary>The weighted sum of the logarithms of the largest posteriors.</summary>
    public double LogLargest => _logLargest;

    /// <summary>Adds a row.</summary>
    /// <param name="weight">Its weight.</param>
    /// <param name="logDensity">Its log-density, in nats.</param>
    /// <param name="largest">Its largest posterior.</param>
    public void Add(double weight, double logDensity, double largest)
    {
        _rows++;
        if (weight == 0)
        {
            return;
        }

        _weight += weight;
        _logLikelihood += weight * logDensity;
        _logLargest += weight * Math.Log(largest);
    }

    /// <inheritdoc/>
    public void Add(CriteriaSums other)
    {
        _rows += other._rows;
        _weight += other._weight;
        _logLikelihood += other._logLikelihood;
        _logLargest += other._logLargest;
    }

    /// <inheritdoc/>
    public void Clear() => (_rows, _weight, _logLikelihood, _logLargest) = (0, 0, 0, 0);

    /// <inheritdoc/>
    public void VisitSums(ISumVisitor visitor)
    {
        visitor.Counts(new Span<long>(ref _rows));
        visitor.Sums(new Span<double>(ref _weight));
        visitor.Sums(new Span<double>(ref _logLikelihood));
        visitor.Sums(new Span<double>(ref _logLargest));
    }
}

using GmmNative.Expectation;
using GmmNative.Passes;

namespace GmmNative.Statistics;

/// <summary>
/// What an E-step sums over rows: the log-likelihood, and moments in two parts. Rows and components that took the products are
/// summed about the expansion point common to all, the others about an origin of the component's own, near its mean.
/// </summary>
internal sealed class SufficientStatistics(LiftedLayout layout, int components) : IAccumulator<SufficientStatistics>
{
    private double _logLikelihood;
    private double _compensation;

    public LiftedLayout Layout => layout;

    public int Components => components;

    /// <summary>Rows summed.</summary>
    public long Rows { get; private set; }

    /// <summary>Row and component pairs whose density took the centered form.</summary>
    public long CenteredPairs { get; set; }

    /// <summary>Log-likelihood of the rows, nats.</summary>
    public double LogLikelihood => _logLikelihood + _compensation;

    /// <summary>The sum of the magnitudes of the chunks' log-likelihoods, which the rounding of the total is relative to.</summary>
    public double Magnitude { get; private set; }

    /// <summary>Moments about the expansion point; <see langword="null"/> while no row was summed about it.</summary>
    public SharedOriginMoments? SharedOrigin { get; private set; }

    /// <summary>Moments about each component's origin; <see langword="null"/> while no row needed them.</summary>
    public OwnOriginMoments? OwnOrigin { get; private set; }

    /// <summary>N_k, the sum of a component's posteriors.</summary>
    public double Occupancy(int component) => (SharedOrigin?.Weights[component] ?? 0) + (OwnOrigin?.Weights[component] ?? 0);

    /// <summary>The moments about the expansion point, made when first needed.</summary>
    public SharedOriginMoments RequireSharedOrigin() => SharedOrigin ??= new SharedOriginMoments(layout, components);

    /// <summary>The moments about each component's origin, made when first needed.</summary>
    public OwnOriginMoments RequireOwnOrigin() => OwnOrigin ??= new OwnOriginMoments(layout, components);

    /// <summary>Adds rows with their log-likelihood.</summary>
    public void AddRows(int count, double logLikelihood)
    {
        Rows += count;
        Magnitude += Math.Abs(logLikelihood);
        AddLogLikelihood(logLikelihood);
    }

    public void Clear()
    {
        Rows = 0;
        CenteredPairs = 0;
        Magnitude = 0;
        _logLikelihood = 0;
        _compensation = 0;
        SharedOrigin?.Clear();
        OwnOrigin?.Clear();
    }

    public void Add(SufficientStatistics other)
    {
        Rows += other.Rows;
        CenteredPairs += other.CenteredPairs;
        Magnitude += other.Magnitude;
        AddLogLikelihood(other._logLikelihood);
        AddLogLikelihood(other._compensation);
        if (other.SharedOrigin is { } shared)
        {
            RequireSharedOrigin().Add(shared);
        }

        if (other.OwnOrigin is { } own)
        {
            RequireOwnOrigin().Add(own);
        }
    }

    /// <summary>Neumaier's compensated sum: the stopping test looks at differences of 1e-5 between totals of a hundred million.</summary>
    private void AddLogLikelihood(double value)
    {
        double sum = _logLikelihood + value;
        if (double.IsFinite(sum))
        {
            _compensation += Math.Abs(_logLikelihood) >= Math.Abs(value)
                ? _logLikelihood - sum + value
                : value - sum + _logLikelihood;
        }

        _logLikelihood = sum;
    }
}

namespace GmmNative;

/// <summary>
/// What an E-step sums over rows: the log-likelihood, and moments in two parts. Rows and components that took the products are
/// summed about the shift common to all, the others about an origin of the component's own, near its mean.
/// </summary>
internal sealed class SufficientStatistics(FeatureMap map, int components) : IAccumulator<SufficientStatistics>
{
    private double _logLikelihood;
    private double _compensation;

    public FeatureMap Map => map;

    public int Components => components;

    /// <summary>Rows summed.</summary>
    public long Rows { get; private set; }

    /// <summary>Row and component pairs whose density took the centred form.</summary>
    public long CentredPairs { get; set; }

    /// <summary>Log-likelihood of the rows, nats.</summary>
    public double LogLikelihood => _logLikelihood + _compensation;

    /// <summary>The sum of the magnitudes of the chunks' log-likelihoods, which the rounding of the total is relative to.</summary>
    public double Magnitude { get; private set; }

    /// <summary>Moments about the shift; <see langword="null"/> while no row was summed about it.</summary>
    public ShiftedMoments? Shifted { get; private set; }

    /// <summary>Moments about each component's origin; <see langword="null"/> while no row needed them.</summary>
    public Moments? Centred { get; private set; }

    /// <summary>N_k, the sum of a component's posteriors.</summary>
    public double Occupancy(int component) => (Shifted?.Weights[component] ?? 0) + (Centred?.Weights[component] ?? 0);

    /// <summary>The moments about the shift, made when first needed.</summary>
    public ShiftedMoments RequireShifted() => Shifted ??= new ShiftedMoments(map, components);

    /// <summary>The moments about each component's origin, made when first needed.</summary>
    public Moments RequireCentred() => Centred ??= new Moments(map, components);

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
        CentredPairs = 0;
        Magnitude = 0;
        _logLikelihood = 0;
        _compensation = 0;
        Shifted?.Clear();
        Centred?.Clear();
    }

    public void Add(SufficientStatistics other)
    {
        Rows += other.Rows;
        CentredPairs += other.CentredPairs;
        Magnitude += other.Magnitude;
        AddLogLikelihood(other._logLikelihood);
        AddLogLikelihood(other._compensation);
        if (other.Shifted is { } shifted)
        {
            RequireShifted().Add(shifted);
        }

        if (other.Centred is { } centred)
        {
            RequireCentred().Add(centred);
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

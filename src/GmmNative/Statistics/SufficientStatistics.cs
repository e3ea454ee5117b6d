using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using GmmNative.Expectation;
using GmmNative.Passes;

namespace GmmNative.Statistics;

/// <summary>
/// The sums of an E-step over rows: the log-likelihood, and moments in two parts. Rows and components that were evaluated from products are
/// summed about the common expansion point, all others about an origin near the mean of the component. The statistics contain both kinds
/// of points, so they are sufficient for updating, merging and storing. If components share a covariance, the second moments about the
/// expansion point may be those of all rows together, <see cref="PooledSecond"/>.
/// </summary>
internal sealed class SufficientStatistics(LiftedLayout layout, int components) : IAccumulator<SufficientStatistics>
{
    private double[] _expansionPoint = [];
    private double[]? _pooled;
    private MomentOrigins? _origins;
    private long _rows;
    private long _centeredPairs;
    private double _totalWeight;
    private double _logLikelihood;
    private double _compensation;
    private double _magnitude;

    /// <summary>Creates statistics about given points.</summary>
    /// <param name="layout">The moments that are summed.</param>
    /// <param name="components">K.</param>
    /// <param name="expansionPoint">The origin of the moments of shared origin, D coordinates. The array is not copied.</param>
    /// <param name="origins">The origins of the moments of own origin.</param>
    public SufficientStatistics(LiftedLayout layout, int components, double[] expansionPoint, MomentOrigins origins)
        : this(layout, components) => Begin(expansionPoint, origins);

    public LiftedLayout Layout => layout;

    public int Components => components;

    /// <summary>The origin of the moments of shared origin: D coordinates.</summary>
    public ReadOnlySpan<double> ExpansionPoint => _expansionPoint;

    /// <summary>The origins of the moments of own origin.</summary>
    /// <exception cref="InvalidOperationException"><see cref="Begin"/> has not been called.</exception>
    public MomentOrigins Origins => _origins ?? throw new InvalidOperationException("The statistics have no origins yet.");

    /// <summary>The number of summed rows.</summary>
    public long Rows => _rows;

    /// <summary>The sum of the weights of the rows; the number of rows if they have no weights.</summary>
    public double TotalWeight => _totalWeight;

    /// <summary>The average weight of a row; 1 if there are no rows, or if they have no weights.</summary>
    public double AverageWeight => _rows == 0 ? 1 : _totalWeight / _rows;

    /// <summary>The number of pairs of a row and a component whose density was computed in the centered form.</summary>
    public long CenteredPairs
    {
        get => _centeredPairs;
        set => _centeredPairs = value;
    }

    /// <summary>The weighted log-likelihood of the rows, in nats.</summary>
    public double LogLikelihood => _logLikelihood + _compensation;

    /// <summary>The sum of the magnitudes of the log-likelihoods of the chunks. The rounding of the total is relative to it.</summary>
    public double Magnitude => _magnitude;

    /// <summary>The moments about the expansion point, or <see langword="null"/> while no row has been summed about it.</summary>
    public SharedOriginMoments? SharedOrigin { get; private set; }

    /// <summary>The moments about the origins of the components, or <see langword="null"/> while no row has needed them.</summary>
    public OwnOriginMoments? OwnOrigin { get; private set; }

    /// <summary>
    /// The second moments of all rows about the expansion point, in the order of the layout, or <see langword="null"/> if each component
    /// has its own. With pooled second moments, the moments of the components have no second moments.
    /// </summary>
    public double[]? PooledSecond => HasPooled ? _pooled : null;

    private bool HasPooled { get; set; }

    /// <summary>Clears the statistics and sets their origins. Memory is kept.</summary>
    /// <param name="expansionPoint">The origin of the moments of shared origin, D coordinates. The array is not copied.</param>
    /// <param name="origins">The origins of the moments of own origin.</param>
    public void Begin(double[] expansionPoint, MomentOrigins origins)
    {
        Clear();
        _expansionPoint = expansionPoint;
        _origins = origins;
    }

    /// <summary>Returns N_k, the sum of the posteriors of a component.</summary>
    public double Occupancy(int component) => (SharedOrigin?.Weights[component] ?? 0) + (OwnOrigin?.Weights[component] ?? 0);

    /// <summary>Returns the moments about the expansion point, which are created when they are first needed.</summary>
    public SharedOriginMoments RequireSharedOrigin() => SharedOrigin ??= new SharedOriginMoments(layout, components);

    /// <summary>Returns the moments about the origins of the components, which are created when they are first needed.</summary>
    public OwnOriginMoments RequireOwnOrigin() => OwnOrigin ??= new OwnOriginMoments(layout, components);

    /// <summary>Adds rows of weight 1 with their log-likelihood.</summary>
    public void AddRows(int count, double logLikelihood) => AddRows(count, count, logLikelihood);

    /// <summary>Adds rows with the sum of their weights and their weighted log-likelihood.</summary>
    public void AddRows(int count, double weight, double logLikelihood)
    {
        _rows += count;
        _totalWeight += weight;
        _magnitude += Math.Abs(logLikelihood);
        AddLogLikelihood(logLikelihood);
    }

    /// <summary>
    /// Sets the second moments of all rows. The E-step of the rows left out the quadratic term that the components have in common, and its
    /// sum is added to the log-likelihood.
    /// </summary>
    /// <param name="second">The second moments about the expansion point, in the order of the layout.</param>
    /// <param name="common">The coefficients of the common term, in the order of the second moments.</param>
    /// <exception cref="InvalidOperationException">Some rows are summed about the origins of the components.</exception>
    public void SetPooled(ReadOnlySpan<double> second, ReadOnlySpan<double> common)
    {
        if (OwnOrigin is { } own && own.Weights.AsSpan().ContainsAnyExcept(0.0))
        {
            throw new InvalidOperationException("Moments about the origins of components have second moments already.");
        }

        second.CopyTo(RequirePooled());
        double sum = 0;
        for (int p = 0; p < second.Length; p++)
        {
            double term = common[p] * second[p];
            sum += term;
            _magnitude += Math.Abs(term);
        }

        AddLogLikelihood(sum);
    }

    /// <summary>
    /// Translates both parts of the moments of a component to one origin. This is the component's own origin if there are moments about it,
    /// so that moments near the mean stay small.
    /// </summary>
    /// <param name="component">The component.</param>
    /// <param name="moments">Receives the moments, in the layout of the statistics. The previous contents are overwritten.</param>
    /// <returns><paramref name="moments"/>.</returns>
    public ComponentMoments Component(int component, ComponentMoments moments)
    {
        double shared = 0;
        if (SharedOrigin is { } common)
        {
            shared = common.Weights[component];
            common.CopyFirst(component, moments.First);
            common.CopySecond(component, moments.Second);
        }
        else
        {
            moments.First.AsSpan().Clear();
            moments.Second.AsSpan().Clear();
        }

        _expansionPoint.CopyTo(moments.Origin, 0);
        double own = OwnOrigin?.Weights[component] ?? 0;
        if (own != 0)
        {
            moments.MoveTo(Origins.Origin(component), shared);
            AddOwn(component, moments);
        }

        moments.First.CopyTo(moments.CovarianceFirst, 0);
        moments.Occupancy = moments.MeanOccupancy = moments.CovarianceOccupancy = shared + own;
        return moments;
    }

    public void Clear()
    {
        _rows = 0;
        _centeredPairs = 0;
        _totalWeight = 0;
        _magnitude = 0;
        _logLikelihood = 0;
        _compensation = 0;
        SharedOrigin?.Clear();
        OwnOrigin?.Clear();
        HasPooled = false;
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The other statistics have other origins.</exception>
    public void Add(SufficientStatistics other)
    {
        if (!_expansionPoint.AsSpan().SequenceEqual(other._expansionPoint) || !Origins.IsSame(other.Origins))
        {
            throw new InvalidOperationException("Statistics about different origins cannot be added.");
        }

        _rows += other._rows;
        _centeredPairs += other._centeredPairs;
        _totalWeight += other._totalWeight;
        _magnitude += other._magnitude;
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

        if (other.PooledSecond is { } pooled)
        {
            double[] sums = RequirePooled();
            TensorPrimitives.Add(sums, pooled, sums);
        }
    }

    /// <summary>Multiplies all sums, which changes the weight of all rows. The numbers of rows and of pairs stay the same.</summary>
    /// <param name="factor">The factor, positive and finite.</param>
    public void Scale(double factor)
    {
        if (!(factor > 0 && double.IsFinite(factor)))
        {
            throw new ArgumentOutOfRangeException(nameof(factor), factor, "The factor must be positive and finite.");
        }

        VisitSums(new SumScaling(factor));
    }

    /// <inheritdoc/>
    /// <remarks>
    /// The order is: the counts of rows and of centered pairs; the sums of weights, of log-likelihoods, of their rounding errors and of
    /// their magnitudes; three counts, for moments of shared origin, moments of own origin and pooled second moments, each 0 if there are
    /// none and 1 otherwise; the shared moments, the own moments and the pooled second moments, if there are any. If the visitor makes one
    /// of these three counts positive, moments of that kind are created as zeros and visited.
    /// </remarks>
    public void VisitSums(ISumVisitor visitor)
    {
        visitor.Counts(new Span<long>(ref _rows));
        visitor.Counts(new Span<long>(ref _centeredPairs));
        visitor.Sums(new Span<double>(ref _totalWeight));
        visitor.Sums(new Span<double>(ref _logLikelihood));
        visitor.Sums(new Span<double>(ref _compensation));
        visitor.Sums(new Span<double>(ref _magnitude));
        Span<long> kinds = [SharedOrigin is null ? 0 : 1, OwnOrigin is null ? 0 : 1, HasPooled ? 1 : 0];
        visitor.Counts(kinds);
        if (kinds[0] > 0)
        {
            RequireSharedOrigin().VisitSums(visitor);
        }

        if (kinds[1] > 0)
        {
            RequireOwnOrigin().VisitSums(visitor);
        }

        if (kinds[2] > 0)
        {
            visitor.Sums(RequirePooled());
        }
    }

    /// <summary>Returns the pooled second moments. They are zeros if there were none.</summary>
    private double[] RequirePooled()
    {
        _pooled ??= new double[layout.SecondMoments];
        if (!HasPooled)
        {
            _pooled.AsSpan().Clear();
            HasPooled = true;
        }

        return _pooled;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddOwn(int component, ComponentMoments moments)
    {
        OwnOriginMoments own = OwnOrigin!;
        TensorPrimitives.Add(moments.First, own.First(component), moments.First);
        int term = 0;
        for (int g = 0; g < layout.Structure.GroupArrays.Length; g++)
        {
            int n = layout.Structure.GroupArrays[g].Length;
            ReadOnlySpan<double> square = own.Square(component, g);
            for (int a = 0; a < n; a++)
            {
                for (int b = a; b < n; b++, term++)
                {
                    moments.Second[layout.SecondOf(term)] += square[(b * n) + a];
                }
            }
        }
    }

    /// <summary>Neumaier's compensated sum: the stopping test compares differences of 1e-5 between totals of a hundred million.</summary>
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

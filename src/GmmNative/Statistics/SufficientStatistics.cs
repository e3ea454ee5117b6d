using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using GmmNative.Expectation;
using GmmNative.Passes;

namespace GmmNative.Statistics;

/// <summary>
/// What an E-step sums over rows: the log-likelihood, and moments in two parts. Rows and components that took the products are
/// summed about the expansion point common to all, the others about an origin of the component's own, near its mean. The statistics know
/// both, so that they can be updated from, merged or stored by themselves.
/// </summary>
internal sealed class SufficientStatistics(LiftedLayout layout, int components) : IAccumulator<SufficientStatistics>
{
    private double[] _expansionPoint = [];
    private MomentOrigins? _origins;
    private long _rows;
    private long _centeredPairs;
    private double _totalWeight;
    private double _logLikelihood;
    private double _compensation;
    private double _magnitude;

    /// <summary>Makes statistics about given points.</summary>
    /// <param name="layout">Which products are summed.</param>
    /// <param name="components">K.</param>
    /// <param name="expansionPoint">D: what the moments of shared origin are about; kept.</param>
    /// <param name="origins">What the moments of own origin are about.</param>
    public SufficientStatistics(LiftedLayout layout, int components, double[] expansionPoint, MomentOrigins origins)
        : this(layout, components) => Begin(expansionPoint, origins);

    public LiftedLayout Layout => layout;

    public int Components => components;

    /// <summary>D: what the moments of shared origin are about.</summary>
    public ReadOnlySpan<double> ExpansionPoint => _expansionPoint;

    /// <summary>What the moments of own origin are about.</summary>
    /// <exception cref="InvalidOperationException">The statistics were not begun.</exception>
    public MomentOrigins Origins => _origins ?? throw new InvalidOperationException("The statistics have no origins yet.");

    /// <summary>Rows summed.</summary>
    public long Rows => _rows;

    /// <summary>The sum of the rows' weights; the number of rows where they have none.</summary>
    public double TotalWeight => _totalWeight;

    /// <summary>Row and component pairs whose density took the centered form.</summary>
    public long CenteredPairs
    {
        get => _centeredPairs;
        set => _centeredPairs = value;
    }

    /// <summary>Weighted log-likelihood of the rows, nats.</summary>
    public double LogLikelihood => _logLikelihood + _compensation;

    /// <summary>The sum of the magnitudes of the chunks' log-likelihoods, which the rounding of the total is relative to.</summary>
    public double Magnitude => _magnitude;

    /// <summary>Moments about the expansion point; <see langword="null"/> while no row was summed about it.</summary>
    public SharedOriginMoments? SharedOrigin { get; private set; }

    /// <summary>Moments about each component's origin; <see langword="null"/> while no row needed them.</summary>
    public OwnOriginMoments? OwnOrigin { get; private set; }

    /// <summary>Empties the statistics and sets what they are about; memory is kept.</summary>
    /// <param name="expansionPoint">D: what the moments of shared origin are about; kept.</param>
    /// <param name="origins">What the moments of own origin are about.</param>
    public void Begin(double[] expansionPoint, MomentOrigins origins)
    {
        Clear();
        _expansionPoint = expansionPoint;
        _origins = origins;
    }

    /// <summary>N_k, the sum of a component's posteriors.</summary>
    public double Occupancy(int component) => (SharedOrigin?.Weights[component] ?? 0) + (OwnOrigin?.Weights[component] ?? 0);

    /// <summary>The moments about the expansion point, made when first needed.</summary>
    public SharedOriginMoments RequireSharedOrigin() => SharedOrigin ??= new SharedOriginMoments(layout, components);

    /// <summary>The moments about each component's origin, made when first needed.</summary>
    public OwnOriginMoments RequireOwnOrigin() => OwnOrigin ??= new OwnOriginMoments(layout, components);

    /// <summary>Adds rows of weight one with their log-likelihood.</summary>
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
    /// Brings both parts of a component's moments about one origin, the component's own where it has moments about that, so that those near
    /// the mean stay small.
    /// </summary>
    /// <param name="component">The component.</param>
    /// <param name="moments">Receives the moments, of the layout of the statistics; what it held is lost.</param>
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

        double own = OwnOrigin?.Weights[component] ?? 0;
        if (own == 0)
        {
            _expansionPoint.CopyTo(moments.Origin, 0);
        }
        else
        {
            MoveToOwnOrigin(component, shared, moments);
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
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The others are about other points.</exception>
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
    }

    /// <summary>Multiplies all sums, so that the rows count for more or less; the numbers of rows and of pairs stay.</summary>
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
    /// In this order: counts of rows and of centered pairs; the sums total weight, log-likelihood, its rounding rest and magnitude; one
    /// count for each kind of moments, shared and own, 0 where there are none; the shared ones, then the own ones, where there are any. A
    /// visitor that makes one of these two counts positive is shown that kind, zeros to begin with.
    /// </remarks>
    public void VisitSums(ISumVisitor visitor)
    {
        visitor.Counts(new Span<long>(ref _rows));
        visitor.Counts(new Span<long>(ref _centeredPairs));
        visitor.Sums(new Span<double>(ref _totalWeight));
        visitor.Sums(new Span<double>(ref _logLikelihood));
        visitor.Sums(new Span<double>(ref _compensation));
        visitor.Sums(new Span<double>(ref _magnitude));
        Span<long> kinds = [SharedOrigin is null ? 0 : 1, OwnOrigin is null ? 0 : 1];
        visitor.Counts(kinds);
        if (kinds[0] > 0)
        {
            RequireSharedOrigin().VisitSums(visitor);
        }

        if (kinds[1] > 0)
        {
            RequireOwnOrigin().VisitSums(visitor);
        }
    }

    /// <summary>About o instead of s: sum(x - o) = sum(x - s) + N (s - o), and the products likewise.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void MoveToOwnOrigin(int component, double shared, ComponentMoments moments)
    {
        Origins.Origin(component).CopyTo(moments.Origin);
        if (!(shared > 0))
        {
            return;
        }

        double[] first = moments.First;
        double[] offset = moments.CovarianceFirst;
        TensorPrimitives.Subtract(_expansionPoint, moments.Origin, offset);
        int next = 0;
        foreach (int[] group in layout.Structure.GroupArrays)
        {
            for (int a = 0; a < group.Length; a++)
            {
                for (int b = a; b < group.Length; b++)
                {
                    int i = group[a];
                    int j = group[b];
                    moments.Second[next++] += (first[i] * offset[j]) + (offset[i] * first[j]) + (shared * offset[i] * offset[j]);
                }
            }
        }

        for (int d = 0; d < first.Length; d++)
        {
            first[d] += shared * offset[d];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddOwn(int component, ComponentMoments moments)
    {
        OwnOriginMoments own = OwnOrigin!;
        TensorPrimitives.Add(moments.First, own.First(component), moments.First);
        int next = 0;
        for (int g = 0; g < layout.Structure.GroupArrays.Length; g++)
        {
            int n = layout.Structure.GroupArrays[g].Length;
            ReadOnlySpan<double> square = own.Square(component, g);
            for (int a = 0; a < n; a++)
            {
                for (int b = a; b < n; b++)
                {
                    moments.Second[next++] += square[(b * n) + a];
                }
            }
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

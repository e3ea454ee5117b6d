using System.Runtime.CompilerServices;
using GmmNative.Expectation;
using GmmNative.Interop;
using GmmNative.Model;

namespace GmmNative.Maximization;

/// <summary>
/// The last step of the M-step for a covariance, its floor: the constraint that Sigma - V is positive semidefinite, with a diagonal V,
/// group by group.
/// </summary>
/// <remarks>
/// Under this constraint, the maximum of the M-step with the moment S has the eigenvectors of V^-1/2 S V^-1/2 and its eigenvalues, with
/// every eigenvalue below 1 raised to 1. In these coordinates the function to maximize is -log|W| - tr(W^-1 A) over W of at least I, which
/// by von Neumann's trace inequality is a separate problem for each eigenvalue. The M-step stays an exact maximization, so the
/// log-likelihood cannot fall.
/// V is the variance floor. If V is too small to be resolved and a covariance is singular, V is <see cref="RoundingLimit"/> times the
/// variances. Such a limit is fixed when it first acts on a group, because a moving constraint would let the log-likelihood fall. One
/// instance serves one fit. Threads may work on different components at the same time.
/// </remarks>
internal sealed class CovarianceFloor
{
    private const double Rounding = 1.0 / (1L << 52);

    /// <summary>The smallest ratio of a pivot to its variance that leaves some digits after rounding.</summary>
    private const double RoundingLimit = 1e-13;

    /// <summary>A limit below this share of a variance that has grown since is lost in the rounding of the variance.</summary>
    private const double LostLimit = 1e-15;

    /// <summary>A column belongs to a null direction if its entry exceeds this share of the largest entry.</summary>
    private const double NullShare = 0.1;

    private readonly CovarianceStructure _structure;
    private readonly CovarianceStorage _storage;
    private readonly FloorOptions _options;
    private readonly double[]?[,] _limits;

    /// <summary>Creates the floors of one fit.</summary>
    /// <param name="structure">The structure of the covariances.</param>
    /// <param name="components">K.</param>
    /// <param name="options">The floors.</param>
    public CovarianceFloor(CovarianceStructure structure, int components, FloorOptions options)
    {
        _structure = structure;
        _storage = structure.Storage;
        _options = options;
        _limits = new double[]?[_storage.Covariances(components), structure.GroupArrays.Length];
    }

    /// <summary>Raises a covariance to the floors.</summary>
    /// <param name="component">The component; 0 if the components share one covariance.</param>
    /// <param name="before">
    /// The covariance before the update, in its storage layout. A limit that it does not satisfy would let the log-likelihood fall.
    /// </param>
    /// <param name="covariance">The covariance in its storage layout, changed in place.</param>
    /// <param name="seconds">The D second moments from which the variances were computed. The rounding of the variances is relative to
    /// them.</param>
    /// <param name="precision">
    /// The precision of the moments, or <see cref="MomentPrecision.Unchecked"/> if they cannot be computed more precisely.
    /// </param>
    /// <param name="iteration">The iteration, from 1, for errors.</param>
    /// <exception cref="SingularCovarianceException">
    /// The covariance is singular, and the options make this an error or there is no floor to raise it to.
    /// </exception>
    public FloorOutcome Apply(
        int component, ReadOnlySpan<double> before, Span<double> covariance, ReadOnlySpan<double> seconds,
        MomentPrecision precision, int iteration)
    {
        if (HasLostDigits(covariance, seconds, precision))
        {
            return FloorOutcome.LostDigits;
        }

        FloorOutcome outcome = FloorOutcome.None;
        foreach (int[] group in _structure.GroupArrays)
        {
            outcome |= group.Length == 1
                ? FloorVariance(component, group[0], covariance, iteration)
                : FloorGroup(component, group, before, covariance, seconds, precision, iteration);
        }

        return outcome;
    }

    /// <summary>Whether a variance is such a small difference of large moments that flooring it is pointless.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool HasLostDigits(ReadOnlySpan<double> covariance, ReadOnlySpan<double> seconds, MomentPrecision precision)
    {
        for (int d = 0; d < seconds.Length; d++)
        {
            if (precision.IsLost(seconds[d], Math.Max(_storage.Variance(covariance, d), Floor(d))))
            {
                return true;
            }
        }

        return false;
    }

    private FloorOutcome FloorVariance(int component, int coordinate, Span<double> covariance, int iteration)
    {
        double variance = _storage.Variance(covariance, coordinate);
        double floor = Floor(coordinate);
        if (variance >= floor && variance > _options.Resolutions[coordinate])
        {
            return FloorOutcome.None;
        }

        if (floor == 0)
        {
            int[] constant = _structure.IsSpherical ? [.. Enumerable.Range(0, _structure.Dimension)] : [coordinate];
            throw new SingularCovarianceException(Named(component), iteration, constant, isRefused: false);
        }

        // Rounding of the values alone produces variances of this size: with a smaller floor, noise would decide.
        _storage.SetVariance(covariance, coordinate, Math.Max(floor, _options.Resolutions[coordinate]));
        return FloorOutcome.VarianceFloored;
    }

    private FloorOutcome FloorGroup(
        int component, int[] group, ReadOnlySpan<double> before, Span<double> covariance, ReadOnlySpan<double> seconds,
        MomentPrecision precision, int iteration)
    {
        FloorOutcome outcome = _options.Target == VarianceFloorTarget.Diagonal ? FloorDiagonal(group, covariance) : FloorOutcome.None;
        double[] matrix = Gather(group, covariance);
        double[]? known = _limits[component, _structure.GroupOf(group[0])];

        // If a singular covariance is an error, there is no constraint that could move, and a pivot counts as zero only if it is pure
        // rounding error.
        bool isRefused = _options.SingularCovariance == SingularCovarianceHandling.Throw || Array.Exists(group, d => Floor(d) == 0);
        double margin = isRefused ? 2 * group.Length * Rounding : 0;
        double[] rounding = isRefused ? new double[group.Length] : RoundingLimits(group, matrix, before, known);
        double[] floors = _options.Target == VarianceFloorTarget.Diagonal
            ? rounding
            : [.. group.Select((d, i) => Math.Max(Floor(d), rounding[i]))];

        // Nearly all covariances satisfy both bounds at once. Only for the others is it determined which bound is violated.
        double[] pivots = new double[group.Length];
        bool isAbove = IsAbove(group.Length, matrix, floors, margin, pivots);
        for (int i = 0; i < pivots.Length; i++)
        {
            if (precision.IsNoise(seconds[group[i]], Math.Max(pivots[i], floors[i])))
            {
                return FloorOutcome.LostDigits;
            }
        }

        if (isAbove)
        {
            return outcome;
        }

        bool isSingular = !IsAbove(group.Length, matrix, rounding, margin, pivots);
        if (isSingular && isRefused)
        {
            throw new SingularCovarianceException(
                Named(component), iteration, Dependent(group, matrix),
                isRefused: _options.SingularCovariance == SingularCovarianceHandling.Throw);
        }

        if (isSingular)
        {
            floors = [.. group.Select((d, i) => Math.Max(Floor(d), rounding[i]))];
            double kept = known is null ? ShareKept(group, before, floors) : 1;
            floors = [.. group.Select((d, i) => Math.Max(Floor(d), kept * rounding[i]))];
            _limits[component, _structure.GroupOf(group[0])] = floors;
        }
        else if (known is null)
        {
            floors = [.. group.Select(Floor)];
            if (IsAbove(group.Length, matrix, floors, margin, pivots))
            {
                return outcome;
            }
        }

        Raise(group, matrix, floors, covariance);
        return outcome | (isSingular ? FloorOutcome.EigenvaluesFloored : FloorOutcome.VarianceFloored);
    }

    /// <summary>Applies the floor of <see cref="VarianceFloorTarget.Diagonal"/>, which raises the variances only.</summary>
    private FloorOutcome FloorDiagonal(int[] group, Span<double> covariance)
    {
        FloorOutcome outcome = FloorOutcome.None;
        foreach (int d in group)
        {
            if (!(_storage.Variance(covariance, d) >= Floor(d)))
            {
                _storage.SetVariance(covariance, d, Floor(d));
                outcome = FloorOutcome.VarianceFloored;
            }
        }

        return outcome;
    }

    /// <summary>
    /// Returns the smallest resolvable limit of each variance: the fixed limits, unless they have become too small since.
    /// </summary>
    private double[] RoundingLimits(int[] group, double[] matrix, ReadOnlySpan<double> before, double[]? known)
    {
        int n = group.Length;
        double[] limits = new double[n];
        for (int i = 0; i < n; i++)
        {
            double variance = Math.Max(matrix[(i * n) + i], 0);
            double limit = known is not null ? known[i] : RoundingLimit * Math.Min(variance, _storage.Variance(before, group[i]));
            limits[i] = limit >= LostLimit * variance ? limit : RoundingLimit * variance;
        }

        return limits;
    }

    /// <summary>
    /// Returns the share of a limit, up to 1, that the covariance before the update satisfies; 1 if it satisfies almost nothing of it.
    /// </summary>
    private double ShareKept(int[] group, ReadOnlySpan<double> before, double[] limits)
    {
        int n = group.Length;
        double[] values = new double[n];
        SymmetricEigen.Decompose(n, Scaled(n, Gather(group, before), limits), values, _options.CancellationToken);
        double smallest = values.Min();
        return smallest >= LostLimit / RoundingLimit ? Math.Min(smallest, 1) : 1;
    }

    /// <summary>Computes V^-1/2 S V^-1/2.</summary>
    private static double[] Scaled(int n, double[] matrix, double[] limits)
    {
        double[] scaled = new double[matrix.Length];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                scaled[(i * n) + j] = matrix[(i * n) + j] / Math.Sqrt(limits[i]) / Math.Sqrt(limits[j]);
            }
        }

        return scaled;
    }

    /// <summary>Returns whether a matrix minus a diagonal matrix is positive definite.</summary>
    /// <param name="n">Order.</param>
    /// <param name="matrix">n x n, symmetric.</param>
    /// <param name="limits">The n entries of the diagonal matrix.</param>
    /// <param name="margin">The share of its variance that a pivot must exceed.</param>
    /// <param name="pivots">Receives n pivots; 0 from the first pivot that is not positive.</param>
    private static bool IsAbove(int n, double[] matrix, double[] limits, double margin, double[] pivots)
    {
        double[] factor = [.. matrix];
        for (int i = 0; i < n; i++)
        {
            factor[(i * n) + i] -= limits[i];
        }

        int failed = Backends.Managed.DoubleOperations.Cholesky(n, factor, n);
        bool isAbove = failed == 0;
        for (int i = 0; i < n; i++)
        {
            double pivot = factor[(i * n) + i];
            pivots[i] = failed == 0 || i < failed - 1 ? pivot * pivot : 0;
            isAbove &= pivots[i] > margin * matrix[(i * n) + i];
        }

        return isAbove;
    }

    /// <summary>Raises the eigenvalues of V^-1/2 S V^-1/2 to at least 1, and stores the result.</summary>
    private void Raise(int[] group, double[] matrix, double[] limits, Span<double> covariance)
    {
        int n = group.Length;
        double[] roots = [.. limits.Select(Math.Sqrt)];
        double[] missing = SymmetricEigen.MissingTo(n, Scaled(n, matrix, limits), 1, _options.CancellationToken);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                missing[(i * n) + j] = matrix[(i * n) + j] + (missing[(i * n) + j] * roots[i] * roots[j]);
            }
        }

        _storage.WriteGroup(missing, group, covariance);
    }

    /// <summary>
    /// Returns the columns that a singular covariance does not determine: those without variance or, if there are none, those of its null
    /// direction.
    /// </summary>
    private int[] Dependent(int[] group, double[] matrix)
    {
        int n = group.Length;
        int[] constant = [.. Enumerable.Range(0, n)
            .Where(i => !(matrix[(i * n) + i] > _options.Resolutions[group[i]]))
            .Select(i => group[i])];
        if (constant.Length > 0)
        {
            return constant;
        }

        double[] correlations = Scaled(n, matrix, [.. Enumerable.Range(0, n).Select(i => matrix[(i * n) + i])]);
        double[] values = new double[n];
        double[] vectors = SymmetricEigen.Decompose(n, correlations, values, _options.CancellationToken);
        int smallest = Array.IndexOf(values, values.Min());
        double[] direction = [.. Enumerable.Range(0, n).Select(i => Math.Abs(vectors[(smallest * n) + i]))];
        return [.. Enumerable.Range(0, n).Where(i => direction[i] > NullShare * direction.Max()).Select(i => group[i])];
    }

    /// <summary>Returns the component to name in an error; -1 if all components share the covariance.</summary>
    private int Named(int component) => _structure.IsTied ? -1 : component;

    /// <summary>Returns the variance floor of a coordinate.</summary>
    private double Floor(int coordinate) => _options.Floors[coordinate];

    private double[] Gather(int[] group, ReadOnlySpan<double> covariance)
    {
        double[] matrix = new double[group.Length * group.Length];
        _storage.ReadGroup(covariance, group, matrix);
        return matrix;
    }
}

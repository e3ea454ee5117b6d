using System.Runtime.CompilerServices;
using GmmNative.Execution;
using GmmNative.Interop.Seam;
using GmmNative.Model;

namespace GmmNative.Expectation;

/// <summary>
/// The Cholesky factors and normalizing constants of the components of a model, group by group. Both forms of the log-density are computed
/// from them. Immutable.
/// </summary>
internal sealed class MixtureFactors
{
    /// <summary>From this condition on, a factor is computed more accurately and more slowly. Below it, backends agree to 1e-7.</summary>
    private const double IllConditioned = 1e8;

    private readonly int[] _starts;
    private readonly int _size;
    private readonly double[] _factors;

    /// <summary>Factors every covariance.</summary>
    /// <param name="model">The model.</param>
    /// <param name="execution">The backend and the threads.</param>
    /// <param name="logWeights">The terms of the K components in the place of log w_k, or <see langword="null"/>.</param>
    /// <exception cref="InvalidMixtureException">A covariance is not positive definite.</exception>
    public MixtureFactors(GaussianMixture model, ExecutionPlan execution, double[]? logWeights = null)
    {
        Model = model;
        int[][] groups = model.Structure.GroupArrays;
        _starts = new int[groups.Length];
        for (int g = 0; g < groups.Length; g++)
        {
            _starts[g] = _size;
            _size = checked(_size + (groups[g].Length * groups[g].Length));
        }

        int covariances = model.Structure.Storage.Covariances(model.ComponentCount);
        _factors = new double[checked(covariances * _size)];
        LogDeterminants = new double[model.ComponentCount];
        IDenseOperations<double> operations = execution.Backend.DoubleOperations;
        double[] conditions = new double[covariances];
        double[] terms = new double[covariances];

        // A group of n coordinates takes n^3 / 3 operations.
        long operationsEach = groups.Sum(group => (long)group.Length * group.Length * group.Length / 3);
        ComponentLoop.Run(covariances, operationsEach, execution.Threads, () => 0, (k, _) =>
        {
            for (int g = 0; g < groups.Length; g++)
            {
                double part = FactorGroup(k, g, groups[g], operations, ref conditions[k]);
                LogDeterminants[k] += part;
                terms[k] += 0.5 * Math.Abs(part);
            }
        });
        Condition = Math.Max(conditions.Max(), terms.Max());
        LogWeights = logWeights ?? model.Variational?.LogOffsets(model.Dimension)
            ?? [.. model.Weights.ToArray().Select(weight => Math.Log(weight))];
        LogNormalizers = new double[model.ComponentCount];
        for (int k = 0; k < LogNormalizers.Length; k++)
        {
            LogDeterminants[k] = LogDeterminants[Stored(k)];
            LogNormalizers[k] = LogWeights[k] - (0.5 * ((model.Dimension * Math.Log(2 * Math.PI)) + LogDeterminants[k]));
        }
    }

    public GaussianMixture Model { get; }

    /// <summary>
    /// The K normalizing constants, log w_k - (D log 2 pi + log det Sigma_k) / 2. For a model with a variational posterior, log w_k is the
    /// term of the posterior (<see cref="VariationalPosterior.LogOffsets"/>).
    /// </summary>
    public double[] LogNormalizers { get; }

    /// <summary>The K logarithms of the weights, or the terms in their place, which <see cref="LogNormalizers"/> contain.</summary>
    public double[] LogWeights { get; }

    /// <summary>The K log-determinants of the covariances.</summary>
    public double[] LogDeterminants { get; }

    /// <summary>
    /// The maximum error of a log-density, in roundings. It is at least 1. It is the larger of two values: the largest ratio of a variance
    /// to its pivot, by which factors amplify the rounding of covariances, and the sum of the magnitudes of the log-variances of a
    /// component.
    /// </summary>
    public double Condition { get; }

    /// <summary>The number of different covariances: K, or 1 if the components share one.</summary>
    public int Covariances => _factors.Length / _size;

    /// <summary>Returns the number of a component's covariance among the different covariances.</summary>
    public int Stored(int component) => Model.Structure.IsTied ? 0 : component;

    /// <summary>Returns L of Sigma = L L' for a group of n coordinates: n x n, lower triangle.</summary>
    public ReadOnlySpan<double> Factor(int component, int group) => Slice(_factors, component, group);

    /// <summary>Computes Sigma^-1 of a group of n coordinates, n x n, symmetric.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Precision(int component, int group, IDenseOperations<double> operations, Span<double> precision)
    {
        ReadOnlySpan<double> factor = Factor(component, group);
        int n = Model.Structure.GroupArrays[group].Length;
        if (n == 1)
        {
            int coordinate = Model.Structure.GroupArrays[group][0];
            precision[0] = 1 / Model.CovarianceAt(component, coordinate, coordinate);
            return;
        }

        factor.CopyTo(precision);
        operations.InvertFromCholesky(n, precision[..(n * n)], n);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < i; j++)
            {
                precision[(j * n) + i] = precision[(i * n) + j];
            }
        }
    }

    private Span<double> Slice(double[] array, int component, int group)
    {
        int n = Model.Structure.GroupArrays[group].Length;
        return array.AsSpan((Stored(component) * _size) + _starts[group], n * n);
    }

    private double FactorGroup(int component, int group, int[] coordinates, IDenseOperations<double> operations, ref double condition)
    {
        int n = coordinates.Length;
        Span<double> factor = Slice(_factors, component, group);
        if (n == 1)
        {
            double variance = Model.CovarianceAt(component, coordinates[0], coordinates[0]);
            factor[0] = Math.Sqrt(variance);
            condition = Math.Max(condition, 1);
            return Math.Log(variance);
        }

        Model.Structure.Storage.ReadLower(Model.Covariance(component), coordinates, factor);
        double own = operations.Cholesky(n, factor, n) == 0 ? ConditionOf(component, coordinates, factor) : double.PositiveInfinity;
        if (own > IllConditioned && (n <= AccurateCholesky.MaximumOrder || double.IsInfinity(own)))
        {
            Model.Structure.Storage.ReadLower(Model.Covariance(component), coordinates, factor);
            if (!AccurateCholesky.TryFactor(n, factor))
            {
                throw CovarianceProblem.NotPositiveDefinite(Model.Structure, component);
            }

            own = ConditionOf(component, coordinates, factor);
        }

        condition = Math.Max(condition, own);
        double halfLogDeterminant = 0;
        for (int i = 0; i < n; i++)
        {
            halfLogDeterminant += Math.Log(factor[(i * n) + i]);
        }

        return 2 * halfLogDeterminant;
    }

    private double ConditionOf(int component, int[] coordinates, ReadOnlySpan<double> factor)
    {
        double condition = 1;
        for (int i = 0; i < coordinates.Length; i++)
        {
            double pivot = factor[(i * coordinates.Length) + i];
            condition = Math.Max(condition, Model.CovarianceAt(component, coordinates[i], coordinates[i]) / (pivot * pivot));
        }

        return condition;
    }
}

using System.Runtime.CompilerServices;
using GmmNative.Interop;

namespace GmmNative;

/// <summary>
/// Cholesky factors and normalising constants of a model's components, group by group: what both forms of the log-density are
/// made from. Immutable once made.
/// </summary>
internal sealed class MixtureFactors
{
    private readonly int[] _starts;
    private readonly int _size;
    private readonly double[] _factors;

    /// <summary>Factors every covariance.</summary>
    /// <exception cref="InvalidMixtureException">One is not positive definite.</exception>
    public MixtureFactors(GaussianMixture model, ExecutionPlan execution)
    {
        Model = model;
        int[][] groups = model.Structure.GroupArrays;
        _starts = new int[groups.Length];
        for (int g = 0; g < groups.Length; g++)
        {
            _starts[g] = _size;
            _size = checked(_size + (groups[g].Length * groups[g].Length));
        }

        int components = model.ComponentCount;
        _factors = new double[checked(components * _size)];
        LogNormalizers = new double[components];
        ReadOnlySpan<double> weights = model.Weights.Span;
        IDenseOperations<double> operations = execution.Backend.DoubleOperations;
        double[] logWeights = [.. weights.ToArray().Select(weight => Math.Log(weight))];

        // n^3 / 3 operations for a group of n coordinates.
        long operationsEach = groups.Sum(group => (long)group.Length * group.Length * group.Length / 3);
        ComponentLoop.Run(components, operationsEach, execution.Threads, () => 0, (k, _) =>
        {
            double logDeterminant = 0;
            for (int g = 0; g < groups.Length; g++)
            {
                logDeterminant += FactorGroup(k, g, groups[g], operations);
            }

            LogNormalizers[k] = logWeights[k] - (0.5 * ((model.Dimension * Math.Log(2 * Math.PI)) + logDeterminant));
        });
    }

    public GaussianMixture Model { get; }

    /// <summary>K: log w_k - (D log 2 pi + log det Sigma_k) / 2.</summary>
    public double[] LogNormalizers { get; }

    /// <summary>L of Sigma = L L' of a group of n coordinates, n x n, lower triangle.</summary>
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
        return array.AsSpan((component * _size) + _starts[group], n * n);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double FactorGroup(int component, int group, int[] coordinates, IDenseOperations<double> operations)
    {
        int n = coordinates.Length;
        Span<double> factor = Slice(_factors, component, group);
        if (n == 1)
        {
            double variance = Model.CovarianceAt(component, coordinates[0], coordinates[0]);
            factor[0] = Math.Sqrt(variance);
            return Math.Log(variance);
        }

        ReadOnlySpan<double> covariance = Model.Covariance(component);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                factor[(i * n) + j] = covariance[(coordinates[i] * Model.Dimension) + coordinates[j]];
            }
        }

        if (operations.Cholesky(n, factor, n) != 0)
        {
            throw new InvalidMixtureException($"The covariance of component {component} is not positive definite.");
        }

        double halfLogDeterminant = 0;
        for (int i = 0; i < n; i++)
        {
            halfLogDeterminant += Math.Log(factor[(i * n) + i]);
        }

        return 2 * halfLogDeterminant;
    }
}

using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using GmmNative.Expectation;
using GmmNative.Statistics;

namespace GmmNative.Maximization;

/// <summary>
/// New mean and covariance of one component from its moments, before the floors; scratch for one component after the other.
/// </summary>
internal sealed class ComponentUpdate(GaussianMixture model, LiftedLayout layout, UpdateOptions options)
{
    private readonly double[] _origin = new double[layout.Dimension];
    private readonly double[] _first = new double[layout.Dimension];
    private readonly double[] _second = new double[layout.Products];
    private readonly double[] _priorOffset = new double[layout.Dimension];
    private readonly double[] _move = new double[layout.Dimension];

    private readonly double[] _seconds = new double[layout.Dimension];

    /// <summary>D: the second moments that the variances of the last component are made from.</summary>
    public ReadOnlySpan<double> Seconds => _seconds;

    /// <summary>Updates one component.</summary>
    /// <param name="component">The component.</param>
    /// <param name="statistics">Its moments.</param>
    /// <param name="expansionPoint">What the moments of shared origin are about.</param>
    /// <param name="origins">What the centered ones are about.</param>
    /// <param name="prior">xi_k, the occupancy that the background model contributes.</param>
    /// <param name="mean">Receives D means.</param>
    /// <param name="covariance">Receives the covariance as stored; zero on entry.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(
        int component, SufficientStatistics statistics, double[] expansionPoint, MomentOrigins origins, double prior,
        Span<double> mean, Span<double> covariance)
    {
        double occupancy = Gather(component, statistics, expansionPoint, origins.Origin(component)) + prior;
        int dimension = layout.Dimension;

        // Everything below is about the origin; the new mean lies at the origin + move.
        for (int d = 0; d < dimension; d++)
        {
            double first = _first[d];
            if (prior > 0)
            {
                _priorOffset[d] = options.Ubm!.Mean(component)[d] - _origin[d];
                first += prior * _priorOffset[d];
            }

            _move[d] = first / occupancy;
            mean[d] = _origin[d] + _move[d];
        }

        int next = 0;
        foreach (int[] group in layout.Structure.GroupArrays)
        {
            for (int a = 0; a < group.Length; a++)
            {
                for (int b = a; b < group.Length; b++)
                {
                    Store(component, group[a], group[b], _second[next++], occupancy, prior, covariance);
                }
            }
        }
    }

    /// <summary>
    /// Brings both parts of the moments about one origin, the component's own where it has moments about that, so that those near the
    /// mean stay small; returns the occupancy.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double Gather(int component, SufficientStatistics statistics, double[] expansionPoint, ReadOnlySpan<double> origin)
    {
        double shared = 0;
        if (statistics.SharedOrigin is { } common)
        {
            shared = common.Weights[component];
            common.CopyFirst(component, _first);
            common.CopySecond(component, _second);
        }
        else
        {
            _first.AsSpan().Clear();
            _second.AsSpan().Clear();
        }

        if (statistics.OwnOrigin is not { } moments || moments.Weights[component] == 0)
        {
            expansionPoint.CopyTo(_origin, 0);
            return shared;
        }

        // About o instead of s: sum(x - o) = sum(x - s) + N (s - o), and the products likewise.
        origin.CopyTo(_origin);
        int dimension = layout.Dimension;
        Span<double> offset = _move;
        for (int d = 0; d < dimension; d++)
        {
            offset[d] = expansionPoint[d] - origin[d];
        }

        if (shared > 0)
        {
            int next = 0;
            foreach (int[] group in layout.Structure.GroupArrays)
            {
                for (int a = 0; a < group.Length; a++)
                {
                    for (int b = a; b < group.Length; b++)
                    {
                        int i = group[a];
                        int j = group[b];
                        _second[next++] += (_first[i] * offset[j]) + (offset[i] * _first[j]) + (shared * offset[i] * offset[j]);
                    }
                }
            }

            for (int d = 0; d < dimension; d++)
            {
                _first[d] += shared * offset[d];
            }
        }

        TensorPrimitives.Add(_first, moments.First(component), _first);
        int product = 0;
        for (int g = 0; g < layout.Structure.GroupArrays.Length; g++)
        {
            int n = layout.Structure.GroupArrays[g].Length;
            ReadOnlySpan<double> square = moments.Square(component, g);
            for (int a = 0; a < n; a++)
            {
                for (int b = a; b < n; b++)
                {
                    _second[product++] += square[(b * n) + a];
                }
            }
        }

        return shared + moments.Weights[component];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Store(int component, int i, int j, double moment, double occupancy, double prior, Span<double> covariance)
    {
        if (prior > 0)
        {
            moment += prior * (options.Ubm!.CovarianceAt(component, i, j) + (_priorOffset[i] * _priorOffset[j]));
        }

        double second = moment / occupancy;
        double value = second - (_move[i] * _move[j]);
        if (i == j)
        {
            _seconds[i] = second;
            value += options.Regularization;
        }

        int dimension = model.Dimension;
        if (model.Structure.IsDiagonalStorage)
        {
            covariance[i] = value;
        }
        else
        {
            covariance[(i * dimension) + j] = value;
            covariance[(j * dimension) + i] = value;
        }
    }
}

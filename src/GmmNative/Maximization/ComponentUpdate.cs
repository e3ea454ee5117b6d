using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using GmmNative.Expectation;
using GmmNative.Model;
using GmmNative.Statistics;

namespace GmmNative.Maximization;

/// <summary>
/// Computes the new mean and covariance of a component from its moments, before anything is shared, regularized or floored. Scratch memory,
/// used for one component after another.
/// </summary>
internal sealed class ComponentUpdate(GaussianMixture model, UpdateOptions options)
{
    private readonly double[] _move = new double[model.Dimension];
    private readonly double[] _seconds = new double[model.Dimension];
    private readonly CovarianceStorage _storage = model.Structure.Untied.Storage;
    private double[] _second = [];
    private double[] _value = [];

    /// <summary>The D second moments from which the variances of the last component were computed.</summary>
    public Span<double> Seconds => _seconds;

    /// <summary>Updates one component.</summary>
    /// <param name="component">The component.</param>
    /// <param name="moments">The moments, including the additions of the prior.</param>
    /// <param name="mean">Receives D means.</param>
    /// <param name="covariance">
    /// Receives the covariance in the storage layout of <see cref="CovarianceStructure.Untied"/>, unless it is not updated. It must be zero
    /// on entry outside the structure.
    /// </param>
    public void Run(int component, ComponentMoments moments, Span<double> mean, Span<double> covariance)
    {
        // All quantities below are about the origin; the new mean is the origin + move.
        bool hasNewMean = options.Updated.HasFlag(MixtureParameters.Means);
        ReadOnlySpan<double> old = model.Mean(component);
        for (int d = 0; d < mean.Length; d++)
        {
            _move[d] = hasNewMean ? moments.First[d] / moments.MeanOccupancy : old[d] - moments.Origin[d];
            mean[d] = hasNewMean ? moments.Origin[d] + _move[d] : old[d];
        }

        if (!options.Updated.HasFlag(MixtureParameters.Covariances))
        {
            return;
        }

        StoreCovariance(moments, hasNewMean, covariance);
    }

    /// <summary>
    /// Computes sum(x x') / N - m m' with the new mean m, or sum((x - m) (x - m)') / N with a mean m that is not the mean of the rows.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void StoreCovariance(ComponentMoments moments, bool hasNewMean, Span<double> covariance)
    {
        LiftedLayout layout = moments.Layout;
        ReadOnlySpan<int> left = layout.TermLeft;
        ReadOnlySpan<int> right = layout.TermRight;
        double rows = moments.CovarianceOccupancy;
        double[] first = moments.CovarianceFirst;
        if (_second.Length != layout.SecondMoments)
        {
            (_second, _value) = (new double[layout.SecondMoments], new double[layout.SecondMoments]);
        }

        TensorPrimitives.Divide(moments.Second, rows, _second);
        _second.CopyTo(_value, 0);
        for (int t = 0; t < left.Length; t++)
        {
            int i = left[t];
            int j = right[t];
            int p = layout.SecondOf(t);
            double square = _move[i] * _move[j];
            if (hasNewMean)
            {
                _value[p] -= square;
            }
            else
            {
                _second[p] += square;
                _value[p] += square;
                _value[p] -= ((first[i] * _move[j]) + (_move[i] * first[j])) / rows;
            }
        }

        Store(left, right, covariance);
    }

    /// <summary>Stores the entries of the covariance. A spherical covariance is the average variance.</summary>
    private void Store(ReadOnlySpan<int> left, ReadOnlySpan<int> right, Span<double> covariance)
    {
        if (model.Structure.IsSpherical)
        {
            covariance[0] = _value[0] / model.Dimension;
            _seconds.AsSpan().Fill(_second[0] / model.Dimension);
            return;
        }

        for (int p = 0; p < _value.Length; p++)
        {
            _storage.SetEntry(covariance, left[p], right[p], _value[p]);
            if (left[p] == right[p])
            {
                _seconds[left[p]] = _second[p];
            }
        }
    }
}

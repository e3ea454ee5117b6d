using System.Runtime.CompilerServices;
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
    private readonly CovarianceStorage _storage = model.Structure.Unshared.Storage;

    /// <summary>The D second moments from which the variances of the last component were computed.</summary>
    public Span<double> Seconds => _seconds;

    /// <summary>Updates one component.</summary>
    /// <param name="component">The component.</param>
    /// <param name="moments">The moments, including the additions of the prior.</param>
    /// <param name="mean">Receives D means.</param>
    /// <param name="covariance">
    /// Receives the covariance in the storage layout of <see cref="CovarianceStructure.Unshared"/>, unless it is not updated. It must be
    /// zero on entry outside the structure.
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
        CovarianceStorage storage = _storage;
        ReadOnlySpan<int> left = moments.Layout.ProductLeft;
        ReadOnlySpan<int> right = moments.Layout.ProductRight;
        double rows = moments.CovarianceOccupancy;
        double[] first = moments.CovarianceFirst;
        for (int p = 0; p < left.Length; p++)
        {
            int i = left[p];
            int j = right[p];
            double second = moments.Second[p] / rows;
            double value;
            if (hasNewMean)
            {
                value = second - (_move[i] * _move[j]);
            }
            else
            {
                second += _move[i] * _move[j];
                value = second - (((first[i] * _move[j]) + (_move[i] * first[j])) / rows);
            }

            if (i == j)
            {
                _seconds[i] = second;
            }

            storage.SetEntry(covariance, i, j, value);
        }
    }
}

using System.Numerics.Tensors;
using GmmNative.Execution;
using GmmNative.Expectation;
using GmmNative.Model;
using GmmNative.Statistics;

namespace GmmNative.Maximization;

/// <summary>
/// The M-step: computes a new model from sufficient statistics, with a prior, regularization and floors. One instance serves one fit,
/// because a floor stays fixed after it has acted.
/// </summary>
/// <param name="structure">The structure of the covariances.</param>
/// <param name="components">K.</param>
/// <param name="options">Floors, prior, threads.</param>
internal sealed class MixtureUpdate(CovarianceStructure structure, int components, UpdateOptions options) : IMaximization
{
    private readonly CovarianceFloor _floor = new(structure, components, options.Floors);

    /// <inheritdoc/>
    public UpdateResult Update(GaussianMixture model, SufficientStatistics statistics, int iteration, MomentPrecision precision)
    {
        CovarianceStorage storage = structure.Storage;
        UpdateResult result = new(components) { Means = new double[checked(components * model.Dimension)] };
        double[] covariances = storage.Allocate(components);
        double[] occupancies = new double[components];
        int dimension = model.Dimension;
        bool hasNewCovariances = options.Updated.HasFlag(MixtureParameters.Covariances);
        GaussianMixture kept = options.Prior.KeptFrom(model);

        // Rows of weight 1e-12 are as good as rows of weight 1.
        double minimum = Math.Max(double.Epsilon, options.MinimumOccupancy * statistics.AverageWeight);
        (ComponentMoments, ComponentUpdate) CreateScratch() => (new(statistics.Layout), new(model, options));
        ComponentLoop.Run(components, (long)storage.Size * dimension, options.Threads, CreateScratch, (k, scratch) =>
        {
            (ComponentMoments moments, ComponentUpdate update) = scratch;
            Span<double> mean = result.Means.AsSpan(k * dimension, dimension);
            Span<double> covariance = storage.Of(covariances.AsSpan(), k);
            statistics.Component(k, moments);
            occupancies[k] = moments.Occupancy;
            options.Prior.AddTo(k, moments);
            if (Math.Min(moments.MeanOccupancy, moments.CovarianceOccupancy) < minimum)
            {
                result.Empty[k] = true;
                (options.Updated.HasFlag(MixtureParameters.Means) ? kept : model).Mean(k).CopyTo(mean);
                (hasNewCovariances ? kept : model).Covariance(k).CopyTo(covariance);
                return;
            }

            update.Run(k, moments, mean, covariance);
            if (!hasNewCovariances)
            {
                model.Covariance(k).CopyTo(covariance);
                return;
            }

            FloorOutcome outcome = _floor.Apply(k, model.Covariance(k), covariance, update.Seconds, precision, iteration);
            result.LostDigits[k] = outcome.HasFlag(FloorOutcome.LostDigits);
            result.VarianceFloored[k] = outcome.HasFlag(FloorOutcome.VarianceFloored);
            result.EigenvaluesFloored[k] = outcome.HasFlag(FloorOutcome.EigenvaluesFloored);
        });

        double[] weights = options.Updated.HasFlag(MixtureParameters.Weights)
            ? Weights(occupancies, statistics.TotalWeight, result)
            : model.Weights.ToArray();
        result.Model = GaussianMixture.FromTrusted(structure, weights, result.Means, covariances).WithColumns(model.Columns);
        return result;
    }

    /// <inheritdoc/>
    /// <remarks>The log-likelihood plus the log prior.</remarks>
    public Objective Evaluate(MixtureFactors before, SufficientStatistics statistics, UpdateResult update) => new(
        statistics.LogLikelihood + options.Prior.LogDensity(before), statistics.Magnitude, IsOfUpdate: false);

    /// <summary>Computes w_k = N_k / T, including the additions of the prior, then applies the floor so that the sum stays 1.</summary>
    private double[] Weights(double[] occupancies, double totalWeight, UpdateResult result)
    {
        double[] weights = new double[occupancies.Length];
        double divisor = options.Prior.AddToWeights(occupancies, totalWeight);
        TensorPrimitives.Divide(occupancies, divisor, weights);
        double floor = options.WeightFloor;
        double sum = 0;
        for (int k = 0; k < weights.Length; k++)
        {
            result.WeightFloored[k] = weights[k] <= floor;
            result.WeightFloorActed |= weights[k] < floor;
            weights[k] = Math.Max(weights[k], floor);
            sum += weights[k];
        }

        double floors = weights.Length * floor;
        if (!(sum > floors) || floors >= 1)
        {
            // Every weight is at the floor: the floor is at least 1/K.
            weights.AsSpan().Fill(1.0 / weights.Length);
            return weights;
        }

        double scale = (1 - floors) / (sum - floors);
        for (int k = 0; k < weights.Length; k++)
        {
            weights[k] = (scale * weights[k]) + (floor * (1 - scale));
        }

        return weights;
    }
}

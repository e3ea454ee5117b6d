using System.Numerics.Tensors;
using GmmNative.Execution;
using GmmNative.Expectation;
using GmmNative.Statistics;

namespace GmmNative.Maximization;

/// <summary>
/// The M-step: a new model from sufficient statistics, with MAP smoothing (Gauvain and Lee, 1994) in the form that SPTK and the
/// reference use, regularisation and floors. One instance serves one fit: a floor that has acted stays what it was.
/// </summary>
/// <param name="structure">The structure of the covariances.</param>
/// <param name="components">K.</param>
/// <param name="options">Floors, prior, threads.</param>
internal sealed class MixtureUpdate(CovarianceStructure structure, int components, UpdateOptions options)
{
    private readonly CovarianceFloor _floor = new(structure, components, options.Floors);

    /// <summary>Updates a model.</summary>
    /// <param name="model">The model whose E-step gave the statistics.</param>
    /// <param name="statistics">The statistics.</param>
    /// <param name="expansionPoint">D: what the moments of shared origin are about.</param>
    /// <param name="origins">What the centered moments are about.</param>
    /// <param name="iteration">The iteration, from 1, for errors.</param>
    /// <param name="precision">The digits of the moments; <see cref="MomentPrecision.Unchecked"/> where they cannot be taken any
    /// better.</param>
    /// <exception cref="SingularCovarianceException">A covariance is singular, and that is to be an error or cannot be mended.</exception>
    public UpdateResult Update(
        GaussianMixture model, SufficientStatistics statistics, double[] expansionPoint, MomentOrigins origins, int iteration,
        MomentPrecision precision)
    {
        UpdateResult result = new(components) { Means = new double[checked(components * model.Dimension)] };
        double[] covariances = new double[checked(components * structure.CovarianceSize)];
        double[] occupancies = new double[components];
        int dimension = model.Dimension;
        int size = structure.CovarianceSize;
        long operationsEach = (long)size * dimension;
        ComponentUpdate CreateUpdate() => new(model, statistics.Layout, options);
        ComponentLoop.Run(components, operationsEach, options.Threads, CreateUpdate, (k, update) =>
        {
            Span<double> mean = result.Means.AsSpan(k * dimension, dimension);
            Span<double> covariance = covariances.AsSpan(k * size, size);
            double occupancy = statistics.Occupancy(k);
            double prior = options.Ubm is { } ubm ? options.Alpha * ubm.Weights.Span[k] : 0;
            occupancies[k] = occupancy + prior;
            if (occupancies[k] < options.LeastOccupancy)
            {
                result.Empty[k] = true;
                model.Mean(k).CopyTo(mean);
                model.Covariance(k).CopyTo(covariance);
                return;
            }

            update.Run(k, statistics, expansionPoint, origins, prior, mean, covariance);
            FloorOutcome outcome = _floor.Apply(k, model.Covariance(k), covariance, update.Seconds, precision, iteration);
            result.LostDigits[k] = outcome.HasFlag(FloorOutcome.LostDigits);
            result.VarianceFloored[k] = outcome.HasFlag(FloorOutcome.VarianceFloored);
            result.EigenvaluesFloored[k] = outcome.HasFlag(FloorOutcome.EigenvaluesFloored);
        });

        double[] weights = Weights(occupancies, statistics.Rows, result);
        result.Model = GaussianMixture.FromTrusted(structure, weights, result.Means, covariances).WithColumns(model.Columns);
        return result;
    }

    /// <summary>w_k = (N_k + xi_k) / (T + alpha), then raised to the floor so that the sum stays one.</summary>
    private double[] Weights(double[] occupancies, long rows, UpdateResult result)
    {
        double[] weights = new double[occupancies.Length];
        TensorPrimitives.Divide(occupancies, rows + (options.Ubm is null ? 0 : options.Alpha), weights);
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
            // Every weight is at the floor: the floor is 1/K.
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

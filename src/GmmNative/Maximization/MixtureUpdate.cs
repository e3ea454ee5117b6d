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
    private readonly CovarianceCare _care = new(structure, components, options);

    /// <inheritdoc/>
    public UpdateResult Update(GaussianMixture model, SufficientStatistics statistics, int iteration, MomentPrecision precision)
    {
        UpdateResult result = new(components) { Means = new double[checked(components * model.Dimension)] };
        double[] occupancies = new double[components];
        double[] covariances = structure.Storage.Allocate(components);
        UpdateContext context = new(model, statistics, iteration, precision, result, occupancies, covariances)
        {
            Kept = options.Prior.KeptFrom(model),

            // Rows of weight 1e-12 are as good as rows of weight 1.
            MinimumOccupancy = Math.Max(double.Epsilon, options.MinimumOccupancy * statistics.AverageWeight),
        };
        if (structure.IsTied)
        {
            UpdateTied(context);
        }
        else
        {
            UpdateSeparate(context);
        }

        double[] weights = options.Updated.HasFlag(MixtureParameters.Weights)
            ? Weights(occupancies, statistics.TotalWeight, result)
            : model.Weights.ToArray();
        result.Model = GaussianMixture.FromTrusted(structure, weights, result.Means, covariances).WithColumns(model.Columns);
        return result;
    }

    /// <summary>Updates means, and covariances that each component has for itself.</summary>
    private void UpdateSeparate(UpdateContext context)
    {
        CovarianceStorage storage = structure.Storage;
        GaussianMixture model = context.Model;
        bool hasNewCovariances = options.Updated.HasFlag(MixtureParameters.Covariances);
        ComponentScratch CreateScratch() => new(model, context.Statistics.Layout, options);
        ComponentLoop.Run(components, (long)storage.Size * model.Dimension, options.Threads, CreateScratch, (k, scratch) =>
        {
            Span<double> covariance = storage.Of(context.Covariances.AsSpan(), k);
            bool hasRows = UpdateMean(context, k, scratch, covariance);
            if (!hasRows || !hasNewCovariances)
            {
                (hasNewCovariances ? context.Kept : model).Covariance(k).CopyTo(covariance);
                return;
            }

            double rows = scratch.Moments.CovarianceOccupancy;
            CareOutcome outcome = _care.Apply(
                k, rows, model.Covariance(k), covariance, scratch.Update.Seconds, context.Precision, context.Iteration);
            context.Result.Record(k, outcome);
        });
    }

    /// <summary>
    /// Updates means, and the covariance that all components share: the average of their covariances, weighted by their rows.
    /// </summary>
    private void UpdateTied(UpdateContext context)
    {
        GaussianMixture model = context.Model;
        ComponentScratch scratch = new(model, context.Statistics.Layout, options);
        double[] covariance = structure.Untied.Storage.Allocate(1);
        double[] sum = new double[covariance.Length];
        double[] seconds = new double[model.Dimension];
        double rows = 0;

        // In the order of the components, so that the sum does not depend on the number of threads.
        for (int k = 0; k < components; k++)
        {
            if (!UpdateMean(context, k, scratch, covariance))
            {
                continue;
            }

            double own = scratch.Moments.CovarianceOccupancy;
            TensorPrimitives.MultiplyAdd(covariance, own, sum, sum);
            TensorPrimitives.MultiplyAdd(scratch.Update.Seconds, own, seconds, seconds);
            rows += own;
        }

        if (rows < context.MinimumOccupancy || !options.Updated.HasFlag(MixtureParameters.Covariances))
        {
            model.Covariances.CopyTo(context.Covariances);
            return;
        }

        if (context.Statistics.PooledSecond is { } pooled)
        {
            AddPooled(context.Statistics.Layout, pooled, sum, seconds);
        }

        TensorPrimitives.Divide(sum, rows, context.Covariances);
        TensorPrimitives.Divide(seconds, rows, seconds);
        CareOutcome outcome = _care.Apply(
            0, rows, model.Covariance(0), context.Covariances, seconds, context.Precision, context.Iteration);
        for (int k = 0; k < components; k++)
        {
            context.Result.Record(k, outcome);
        }
    }

    /// <summary>
    /// Adds the second moments of all rows to a scatter from which only the squares of the means are subtracted so far.
    /// </summary>
    private void AddPooled(LiftedLayout layout, double[] pooled, Span<double> scatter, Span<double> seconds)
    {
        if (structure.IsSpherical)
        {
            double average = pooled[0] / structure.Dimension;
            scatter[0] += average;
            TensorPrimitives.Add(seconds, average, seconds);
            return;
        }

        CovarianceStorage storage = structure.Storage;
        for (int p = 0; p < pooled.Length; p++)
        {
            int i = layout.TermLeft[p];
            int j = layout.TermRight[p];
            storage.SetEntry(scatter, i, j, storage.Entry(scatter, i, j) + pooled[p]);
            if (i == j)
            {
                seconds[i] += pooled[p];
            }
        }
    }

    /// <summary>
    /// Updates the mean of a component, and computes its own covariance; without the second moments of its rows if they are pooled.
    /// </summary>
    /// <param name="context">The update.</param>
    /// <param name="component">The component.</param>
    /// <param name="scratch">Receives the moments, including the additions of the prior.</param>
    /// <param name="covariance">Receives the covariance in the storage layout of one component, if covariances are updated.</param>
    /// <returns>False if the component has no rows and keeps its parameters.</returns>
    private bool UpdateMean(UpdateContext context, int component, ComponentScratch scratch, Span<double> covariance)
    {
        int dimension = context.Model.Dimension;
        Span<double> mean = context.Result.Means.AsSpan(component * dimension, dimension);
        ComponentMoments moments = context.Statistics.Component(component, scratch.Moments);
        context.Occupancies[component] = moments.Occupancy;
        options.Prior.AddTo(component, moments);
        if (Math.Min(moments.MeanOccupancy, moments.CovarianceOccupancy) < context.MinimumOccupancy)
        {
            context.Result.Empty[component] = true;
            (options.Updated.HasFlag(MixtureParameters.Means) ? context.Kept : context.Model).Mean(component).CopyTo(mean);
            return false;
        }

        scratch.Update.Run(component, moments, mean, covariance);
        return true;
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
        for (int k = 0; k < weights.Length; k++)
        {
            result.WeightFloored[k] = weights[k] <= floor;
            result.WeightFloorActed |= weights[k] < floor;
        }

        WeightFloor.Apply(weights, floor);
        return weights;
    }

    /// <summary>The inputs and the results of one update.</summary>
    private sealed record UpdateContext(
        GaussianMixture Model, SufficientStatistics Statistics, int Iteration, MomentPrecision Precision, UpdateResult Result,
        double[] Occupancies, double[] Covariances)
    {
        /// <summary>The model whose parameters an empty component keeps.</summary>
        public required GaussianMixture Kept { get; init; }

        /// <summary>A component with a smaller occupancy is empty.</summary>
        public required double MinimumOccupancy { get; init; }
    }

    /// <summary>The memory of a thread for one component after another.</summary>
    private sealed class ComponentScratch(GaussianMixture model, LiftedLayout layout, UpdateOptions options)
    {
        public ComponentMoments Moments { get; } = new(layout);

        public ComponentUpdate Update { get; } = new(model, options);
    }
}

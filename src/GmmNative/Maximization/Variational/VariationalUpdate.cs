using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using GmmNative.Execution;
using GmmNative.Expectation;
using GmmNative.Model;
using GmmNative.Statistics;

namespace GmmNative.Maximization.Variational;

/// <summary>
/// The M-step of variational training (Bishop, Pattern Recognition and Machine Learning, 10.58 to 10.63): statistics to the posterior of
/// the parameters, and to the mixture of their point estimates. No floors and no regularization apply.
/// </summary>
/// <remarks>
/// The scatter that is added to the prior covariance is that of the rows and of beta_0 rows at the prior mean, about the new mean m_k:
/// n_k s_k + n_k beta_0 / beta_k d_k d_k' = sum_t r_tk (x_t - m_k)(x_t - m_k)' + beta_0 (m_0 - m_k)(m_0 - m_k)'. In this form it is
/// computed from the moments about any origin. Covariances of groups keep the entries within the groups.
/// </remarks>
/// <param name="structure">The structure of the covariances.</param>
/// <param name="components">K.</param>
/// <param name="prior">The priors.</param>
/// <param name="execution">The backend and threads.</param>
internal sealed class VariationalUpdate(CovarianceStructure structure, int components, VariationalPrior prior, ExecutionPlan execution)
    : IMaximization
{
    /// <inheritdoc/>
    /// <exception cref="InvalidMixtureException">A covariance is not positive definite in double precision.</exception>
    public UpdateResult Update(GaussianMixture model, SufficientStatistics statistics, int iteration, MomentPrecision precision)
    {
        int dimension = structure.Dimension;
        UpdateResult result = new(components) { Means = new double[checked(components * dimension)] };
        CovarianceStorage storage = structure.Storage;
        double[] covariances = storage.Allocate(components);
        double[] counts = new double[components];
        Scratch CreateScratch() => new(statistics.Layout, structure);
        ComponentLoop.Run(components, (long)storage.Size * dimension, execution.Threads, CreateScratch, (k, scratch) =>
        {
            counts[k] = Scatter(statistics, k, scratch, result.Means.AsSpan(k * dimension, dimension));
            Span<double> covariance = storage.Of(covariances.AsSpan(), k);
            Store(scratch, prior.DegreesOfFreedom + counts[k], covariance);
            result.LostDigits[k] = HasLostDigits(scratch.Seconds, covariance, precision);
        });

        VariationalPosterior posterior = prior.Posterior(counts);
        result.Model = GaussianMixture.FromTrusted(structure, posterior.ExpectedWeights(), result.Means, covariances)
            .WithColumns(model.Columns).WithVariational(posterior);

        // Covariances without digits may be anything. They are computed again.
        result.Factors = result.HasLostDigits ? null : new MixtureFactors(result.Model, execution);
        return result;
    }

    /// <inheritdoc/>
    public Objective Evaluate(MixtureFactors before, SufficientStatistics statistics, UpdateResult update) =>
        VariationalBound.Of(before, statistics, update.Factors!, execution);

    /// <summary>
    /// Computes the new mean of a component, and the scatter about it of the rows and of the rows that the prior mean counts as.
    /// </summary>
    /// <returns>The count n_k.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double Scatter(SufficientStatistics statistics, int component, Scratch scratch, Span<double> mean)
    {
        ComponentMoments moments = statistics.Component(component, scratch.Moments);
        double count = VariationalPrior.Count(moments.Occupancy);
        double[] first = moments.First;
        double[] move = scratch.Move;
        double[] pull = scratch.Pull;
        for (int d = 0; d < mean.Length; d++)
        {
            double offset = prior.Mean[d] - moments.Origin[d];
            move[d] = (first[d] + (prior.MeanPrecision * offset)) / (prior.MeanPrecision + count);
            pull[d] = offset - move[d];
            mean[d] = moments.Origin[d] + move[d];
        }

        CovarianceStorage storage = structure.Storage;
        ReadOnlySpan<int> left = moments.Layout.ProductLeft;
        ReadOnlySpan<int> right = moments.Layout.ProductRight;
        for (int p = 0; p < left.Length; p++)
        {
            int i = left[p];
            int j = right[p];
            double scatter = moments.Second[p] - (first[i] * move[j]) - (move[i] * first[j]) + (moments.Occupancy * move[i] * move[j]);
            storage.SetEntry(scratch.Scatter, i, j, scatter + (prior.MeanPrecision * pull[i] * pull[j]));
            if (i == j)
            {
                scratch.Seconds[i] = moments.Second[p];
            }
        }

        return count;
    }

    /// <summary>Adds the scatter to the prior covariance, and divides by the degrees of freedom.</summary>
    private void Store(Scratch scratch, double degrees, Span<double> covariance)
    {
        TensorPrimitives.Divide(scratch.Seconds, degrees, scratch.Seconds);
        TensorPrimitives.Add(prior.Covariance, scratch.Scatter, covariance);
        TensorPrimitives.Divide(covariance, degrees, covariance);
    }

    private bool HasLostDigits(ReadOnlySpan<double> seconds, ReadOnlySpan<double> covariance, MomentPrecision precision)
    {
        for (int d = 0; d < seconds.Length; d++)
        {
            if (precision.IsLost(seconds[d], structure.Storage.Variance(covariance, d)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The memory of a thread for one component after another.</summary>
    private sealed class Scratch(LiftedLayout layout, CovarianceStructure structure)
    {
        public ComponentMoments Moments { get; } = new(layout);

        /// <summary>The scatter of the rows and of the prior mean in the storage layout of a component; zero outside the groups.</summary>
        public double[] Scatter { get; } = structure.Storage.Allocate(1);

        /// <summary>The new mean minus the origin of the moments.</summary>
        public double[] Move { get; } = new double[layout.Dimension];

        /// <summary>The prior mean minus the new mean.</summary>
        public double[] Pull { get; } = new double[layout.Dimension];

        /// <summary>The second moments of the rows in units of the covariance. The rounding of the variances is relative to them.</summary>
        public double[] Seconds { get; } = new double[layout.Dimension];
    }
}

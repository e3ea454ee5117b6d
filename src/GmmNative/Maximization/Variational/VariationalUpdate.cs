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
        CovarianceStorage storage = structure.Storage;
        int dimension = structure.Dimension;
        UpdateResult result = new(components) { Means = new double[checked(components * dimension)] };
        double[] covariances = storage.Allocate(components);
        double[] counts = new double[components];
        Scratch CreateScratch() => new(statistics.Layout);
        ComponentLoop.Run(components, (long)storage.Size * dimension, execution.Threads, CreateScratch, (k, scratch) =>
        {
            ComponentMoments moments = statistics.Component(k, scratch.Moments);
            Span<double> covariance = storage.Of(covariances.AsSpan(), k);
            counts[k] = VariationalPrior.Count(moments.Occupancy);
            Move(moments, counts[k], scratch, result.Means.AsSpan(k * dimension, dimension));
            StoreCovariance(moments, prior.DegreesOfFreedom + counts[k], scratch, covariance);
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

    /// <summary>Computes the new mean, and its distance from the origin of the moments.</summary>
    private void Move(ComponentMoments moments, double count, Scratch scratch, Span<double> mean)
    {
        double rows = prior.MeanPrecision + count;
        for (int d = 0; d < mean.Length; d++)
        {
            double offset = prior.Mean[d] - moments.Origin[d];
            scratch.Move[d] = (moments.First[d] + (prior.MeanPrecision * offset)) / rows;
            scratch.Pull[d] = offset - scratch.Move[d];
            mean[d] = moments.Origin[d] + scratch.Move[d];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void StoreCovariance(ComponentMoments moments, double degrees, Scratch scratch, Span<double> covariance)
    {
        CovarianceStorage storage = structure.Storage;
        ReadOnlySpan<int> left = moments.Layout.ProductLeft;
        ReadOnlySpan<int> right = moments.Layout.ProductRight;
        double[] first = moments.First;
        double[] move = scratch.Move;
        double[] pull = scratch.Pull;
        for (int p = 0; p < left.Length; p++)
        {
            int i = left[p];
            int j = right[p];
            double scatter = moments.Second[p] - (first[i] * move[j]) - (move[i] * first[j]) + (moments.Occupancy * move[i] * move[j]);
            double value = (storage.Entry(prior.Covariance, i, j) + scatter + (prior.MeanPrecision * pull[i] * pull[j])) / degrees;
            if (i == j)
            {
                scratch.Seconds[i] = moments.Second[p] / degrees;
            }

            storage.SetEntry(covariance, i, j, value);
        }
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
    private sealed class Scratch(LiftedLayout layout)
    {
        public ComponentMoments Moments { get; } = new(layout);

        /// <summary>The new mean minus the origin of the moments.</summary>
        public double[] Move { get; } = new double[layout.Dimension];

        /// <summary>The prior mean minus the new mean.</summary>
        public double[] Pull { get; } = new double[layout.Dimension];

        /// <summary>The second moments of the rows in units of the covariance. The rounding of the variances is relative to them.</summary>
        public double[] Seconds { get; } = new double[layout.Dimension];
    }
}

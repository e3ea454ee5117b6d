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
        double[] covariances = structure.Storage.Allocate(components);
        double[] counts = new double[components];
        if (structure.IsTied)
        {
            UpdateTied(statistics, precision, result, counts, covariances);
        }
        else
        {
            UpdateSeparate(statistics, precision, result, counts, covariances);
        }

        VariationalPosterior posterior = prior.Posterior(counts, structure.IsTied);
        result.Model = GaussianMixture.FromTrusted(structure, posterior.ExpectedWeights(), result.Means, covariances)
            .WithColumns(model.Columns).WithVariational(posterior);

        // Covariances without digits may be anything. They are computed again.
        result.Factors = result.HasLostDigits ? null : new MixtureFactors(result.Model, execution);
        return result;
    }

    /// <inheritdoc/>
    public Objective Evaluate(MixtureFactors before, SufficientStatistics statistics, UpdateResult update) =>
        VariationalBound.Of(before, statistics, update.Factors!, execution);

    /// <summary>Updates means, and covariances that each component has for itself.</summary>
    private void UpdateSeparate(
        SufficientStatistics statistics, MomentPrecision precision, UpdateResult result, double[] counts, double[] covariances)
    {
        CovarianceStorage storage = structure.Storage;
        int dimension = structure.Dimension;
        Scratch CreateScratch() => new(statistics.Layout, structure);
        ComponentLoop.Run(components, (long)storage.Size * dimension, execution.Threads, CreateScratch, (k, scratch) =>
        {
            counts[k] = Scatter(statistics, k, scratch, result.Means.AsSpan(k * dimension, dimension));
            Span<double> covariance = storage.Of(covariances.AsSpan(), k);
            Store(scratch.Scatter, scratch.Seconds, 1, prior.DegreesOfFreedom + counts[k], covariance);
            result.LostDigits[k] = HasLostDigits(scratch.Seconds, covariance, precision);
        });
    }

    /// <summary>Updates means, and the covariance that all components share: their scatters and counts are averaged.</summary>
    private void UpdateTied(
        SufficientStatistics statistics, MomentPrecision precision, UpdateResult result, double[] counts, double[] covariances)
    {
        int dimension = structure.Dimension;
        Scratch scratch = new(statistics.Layout, structure);
        double[] scatter = new double[scratch.Scatter.Length];
        double[] seconds = new double[dimension];

        // In the order of the components, so that the sum does not depend on the number of threads.
        for (int k = 0; k < components; k++)
        {
            counts[k] = Scatter(statistics, k, scratch, result.Means.AsSpan(k * dimension, dimension));
            TensorPrimitives.Add(scatter, scratch.Scatter, scatter);
            TensorPrimitives.Add(seconds, scratch.Seconds, seconds);
        }

        if (statistics.PooledSecond is { } pooled)
        {
            Add(statistics.Layout, pooled, pooled, scatter, seconds);
        }

        Store(scatter, seconds, 1.0 / components, prior.DegreesOfFreedom + (counts.Sum() / components), covariances);
        result.LostDigits.AsSpan().Fill(HasLostDigits(seconds, covariances, precision));
    }

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

        LiftedLayout layout = moments.Layout;
        double[] second = scratch.Second;
        moments.SecondAbout(move, second);
        for (int t = 0; t < layout.TermLeft.Length; t++)
        {
            second[layout.SecondOf(t)] += prior.MeanPrecision * pull[layout.TermLeft[t]] * pull[layout.TermRight[t]];
        }

        scratch.Scatter.AsSpan().Clear();
        Add(layout, second, moments.Second, scratch.Scatter, scratch.Seconds);
        return count;
    }

    /// <summary>Adds second moments to a scatter in the storage layout of one component.</summary>
    /// <param name="layout">The order of the second moments.</param>
    /// <param name="scatter">The second moments to add.</param>
    /// <param name="moments">The second moments of the rows about the origin, from which the scatter was computed.</param>
    /// <param name="sum">The scatter. A spherical scatter is the sum over all coordinates.</param>
    /// <param name="seconds">Receives the D second moments of the rows.</param>
    private void Add(LiftedLayout layout, double[] scatter, double[] moments, Span<double> sum, Span<double> seconds)
    {
        if (structure.IsSpherical)
        {
            sum[0] += scatter[0];
            seconds.Fill(moments[0] / seconds.Length);
            return;
        }

        CovarianceStorage storage = structure.Untied.Storage;
        for (int p = 0; p < scatter.Length; p++)
        {
            int i = layout.TermLeft[p];
            int j = layout.TermRight[p];
            storage.SetEntry(sum, i, j, storage.Entry(sum, i, j) + scatter[p]);
            if (i == j)
            {
                seconds[i] = moments[p];
            }
        }
    }

    /// <summary>Adds a scatter to the prior covariance, in the storage layout of the structure.</summary>
    /// <param name="scatter">The scatter in the storage layout of one component.</param>
    /// <param name="seconds">The D second moments of the rows; scaled like the covariance.</param>
    /// <param name="share">The factor of the scatter.</param>
    /// <param name="degrees">The degrees of freedom, which divide the sum.</param>
    /// <param name="covariance">Receives the covariance.</param>
    private void Store(ReadOnlySpan<double> scatter, Span<double> seconds, double share, double degrees, Span<double> covariance)
    {
        TensorPrimitives.Multiply(seconds, share / degrees, seconds);
        if (structure.IsSpherical)
        {
            covariance[0] = (prior.Covariance[0] + (share * scatter[0] / structure.Dimension)) / degrees;
            return;
        }

        for (int p = 0; p < covariance.Length; p++)
        {
            covariance[p] = (prior.Covariance[p] + (share * scatter[p])) / degrees;
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
    private sealed class Scratch(LiftedLayout layout, CovarianceStructure structure)
    {
        public ComponentMoments Moments { get; } = new(layout);

        /// <summary>The scatter of the rows and of the prior mean in the order of the layout.</summary>
        public double[] Second { get; } = new double[layout.SecondMoments];

        /// <summary><see cref="Second"/> in the storage layout of one component; zero outside the groups.</summary>
        public double[] Scatter { get; } = structure.Untied.Storage.Allocate(1);

        /// <summary>The new mean minus the origin of the moments.</summary>
        public double[] Move { get; } = new double[layout.Dimension];

        /// <summary>The prior mean minus the new mean.</summary>
        public double[] Pull { get; } = new double[layout.Dimension];

        /// <summary>The second moments of the rows in units of the covariance. The rounding of the variances is relative to them.</summary>
        public double[] Seconds { get; } = new double[layout.Dimension];
    }
}

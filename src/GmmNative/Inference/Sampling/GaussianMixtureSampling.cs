using GmmNative.Execution;
using GmmNative.Inference.Sampling;

namespace GmmNative;

/// <summary>Draws random rows from a mixture.</summary>
/// <remarks>Thread-safe. <see cref="MixtureSampler"/> describes the random numbers.</remarks>
/// <example>
/// <code>
/// GaussianMixture model = ModelFile.Load("model.npz");
/// double[,] rows = model.Sample(1000, seed: 1);
/// double[,] labeled = model.Sample(1000, out int[] labels, seed: 2);
/// </code>
/// </example>
public static class GaussianMixtureSampling
{
    /// <summary>Prepares the mixture for drawing rows. The result can be used for many calls.</summary>
    /// <param name="model">The mixture.</param>
    /// <param name="seed">The seed. The default is 0.</param>
    /// <param name="execution">
    /// The backend and the precision; the number of threads that factor covariances. <see langword="null"/> for the defaults.
    /// </param>
    /// <exception cref="InvalidMixtureException">A covariance is not positive definite.</exception>
    public static MixtureSampler CreateSampler(this GaussianMixture model, int seed = 0, ExecutionOptions? execution = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new MixtureSampler(model, seed, ExecutionPlan.From(execution));
    }

    /// <summary>Draws independent rows, on all threads.</summary>
    /// <param name="model">The mixture.</param>
    /// <param name="count">T, at least 0. A smaller T gives the first of the same rows.</param>
    /// <param name="seed">The seed. The default is 0.</param>
    /// <param name="execution">The execution options; <see langword="null"/> for the defaults.</param>
    /// <param name="cancellationToken">Stops the computation.</param>
    /// <returns>T x D rows.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="count"/> is negative, or an array cannot contain T x D numbers.
    /// </exception>
    /// <exception cref="InvalidMixtureException">A covariance is not positive definite.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public static double[,] Sample(
        this GaussianMixture model, int count, int seed = 0, ExecutionOptions? execution = null,
        CancellationToken cancellationToken = default) =>
        SampleArrays.Draw(model, count, seed, [], ExecutionPlan.From(execution), cancellationToken);

    /// <inheritdoc cref="Sample(GaussianMixture, int, int, ExecutionOptions?, CancellationToken)"/>
    /// <param name="labels">The components that the T rows were drawn from, from 0.</param>
    public static double[,] Sample(
        this GaussianMixture model, int count, out int[] labels, int seed = 0, ExecutionOptions? execution = null,
        CancellationToken cancellationToken = default)
    {
        labels = new int[Math.Max(0, count)];
        return SampleArrays.Draw(model, count, seed, labels, ExecutionPlan.From(execution), cancellationToken);
    }
}

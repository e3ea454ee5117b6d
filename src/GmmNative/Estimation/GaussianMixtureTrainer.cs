using CommunityToolkit.HighPerformance;
using GmmNative.Estimation;
using GmmNative.Estimation.Options;
using GmmNative.Initialization;
using GmmNative.Model;

namespace GmmNative;

/// <summary>Trains Gaussian mixtures by expectation-maximization, from data of any dimension.</summary>
/// <remarks>
/// The defaults are those of <see cref="GmmOptions.Recommended"/>: the best of several starts, a variance floor that bounds eigenvalues,
/// and convergence of the average log-likelihood. Immutable and thread-safe.
/// </remarks>
/// <example>
/// <code>
/// double[,] rows = { { 1.0, 2.1 }, { 0.9, 1.8 }, { 1.2, 2.0 }, { 8.1, 9.0 }, { 8.4, 8.8 }, { 7.9, 9.3 } };
/// GaussianMixtureTrainer trainer = new(components: 2, new GmmOptions { Start = new() { Seed = 1 } });
/// GmmFitResult result = trainer.Fit(rows);
/// Console.WriteLine($"{result.AverageLogLikelihood:F4} nats per row ({result.StopReason})");
/// ModelFile.Save(result.Model, "model.npz");
/// </code>
/// </example>
public sealed class GaussianMixtureTrainer
{
    /// <summary>Creates a trainer.</summary>
    /// <param name="components">K, at least 1.</param>
    /// <param name="options">The options, or <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of range or contradicts another option. The message names it.</exception>
    public GaussianMixtureTrainer(int components, GmmOptions? options = null)
    {
        if (components < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(components), $"The number of components must be at least 1, not {components}.");
        }

        Components = components;
        Options = options ?? new GmmOptions();
        GmmOptionsValidation.Validate(Options, components, Options.Prior?.Ubm?.Dimension);
    }

    /// <summary>The number of components, K.</summary>
    public int Components { get; }

    /// <summary>The options.</summary>
    public GmmOptions Options { get; }

    /// <summary>Trains a mixture.</summary>
    /// <param name="rows">T x D. The rows are read once, and once more per iteration and per pass of the start.</param>
    /// <param name="start">
    /// The starting model, at most K components of dimension D, or <see langword="null"/>: then the posteriors of
    /// <see cref="GmmOptions.Start"/> make the start. Without posteriors it is the background model, unless
    /// <see cref="GmmStartOptions.Method"/> is set; otherwise a start as <see cref="GmmOptions.Start"/> specifies. If the model has fewer
    /// than K components, the heaviest one is split until there are K: into two at its mean +- 0.2 standard deviations along its largest
    /// axis, with half the weight each.
    /// </param>
    /// <param name="returnPosterior">Whether to compute the T x K posteriors under the fitted model.</param>
    /// <param name="progress">
    /// Receives each iteration and, with <see cref="Verbosity.Progress"/>, reports from within iterations. Called from any thread, one call
    /// at a time.
    /// </param>
    /// <param name="rowWeights">
    /// T weights of the rows, finite and not negative, or empty, the default, if every row counts as one or the source has weights. See
    /// <see cref="VectorSource.WithRowWeights"/>.
    /// </param>
    /// <param name="cancellationToken">
    /// Stops the computation. After the first complete iteration, the result contains the model of the last complete iteration, with
    /// <see cref="StopReason.Cancelled"/> and without posteriors. Before that, <see cref="OperationCanceledException"/> is thrown.
    /// </param>
    /// <returns>The fitted model, its log-likelihood, and diagnostics.</returns>
    /// <exception cref="ArgumentException">The starting model, the background model or the block sizes do not fit the data.</exception>
    /// <exception cref="VectorDataException">
    /// There are no rows, a value is not finite, or the row weights are not T numbers of at least 0 with a positive sum.
    /// </exception>
    /// <exception cref="SingularCovarianceException">
    /// A covariance is singular, and the options or a variance floor of 0 do not allow repairing it.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was canceled before the first iteration was complete.</exception>
    public GmmFitResult Fit(
        IVectorSource rows, GaussianMixture? start = null, bool returnPosterior = false,
        IProgress<EmIteration>? progress = null, ReadOnlyMemory<double> rowWeights = default,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        rows = rows.WithRowWeights(rowWeights);
        if ((Options.Prior.Ubm?.Columns is null ? start : Options.Prior.Ubm) is { } named)
        {
            rows = ModelColumns.Arrange(rows, named);
        }

        CovarianceStructure structure = new(Options.Covariance.Kind, rows.Dimension, Options.Covariance.BlockSizes);
        GmmOptionsValidation.Validate(Options, Components, rows.Dimension);
        if (start is not null)
        {
            GmmOptionsValidation.CheckStart(start, Options, Components, rows.Dimension, nameof(start));
        }

        ResolvedOptions options = ResolvedOptions.ForTrainer(Options, Components, structure);
        if (start is null && options.StartsFromUbm && options.Restarts > 1)
        {
            throw new ArgumentException(
                "Restarts differ in their random numbers, but training starts from the background model, which uses none: set "
                + "Start.Method, or leave Start.Restarts at 1.", nameof(start));
        }

        MixtureTraining training = new(Components, structure, options, Options);
        GaussianMixture? first = start is not null
            ? ComponentSplit.To(ModelColumns.InOrderOf(start.WithStructure(structure), options.Ubm), Components)
            : options.StartsFromUbm ? options.Ubm : null;
        return training.Fit(rows, first, returnPosterior, progress, cancellationToken);
    }

    /// <param name="rows">T x D, read in place. A <c>double[,]</c> converts to the parameter type.</param>
    /// <inheritdoc cref="Fit(IVectorSource, GaussianMixture?, bool, IProgress{EmIteration}?, ReadOnlyMemory{double}, CancellationToken)"/>
    public GmmFitResult Fit(
        ReadOnlyMemory2D<double> rows, GaussianMixture? start = null, bool returnPosterior = false,
        IProgress<EmIteration>? progress = null, ReadOnlyMemory<double> rowWeights = default,
        CancellationToken cancellationToken = default) =>
        Fit(VectorSource.From(rows), start, returnPosterior, progress, rowWeights, cancellationToken);

    /// <param name="rows">T x D, read in place. A <c>float[,]</c> converts to the parameter type.</param>
    /// <inheritdoc cref="Fit(IVectorSource, GaussianMixture?, bool, IProgress{EmIteration}?, ReadOnlyMemory{double}, CancellationToken)"/>
    public GmmFitResult Fit(
        ReadOnlyMemory2D<float> rows, GaussianMixture? start = null, bool returnPosterior = false,
        IProgress<EmIteration>? progress = null, ReadOnlyMemory<double> rowWeights = default,
        CancellationToken cancellationToken = default) =>
        Fit(VectorSource.From(rows), start, returnPosterior, progress, rowWeights, cancellationToken);

    /// <param name="rows">T * D values, row-major, read in place. A <c>double[]</c> converts to the parameter type.</param>
    /// <param name="dimension">D, at least 1.</param>
    /// <inheritdoc cref="Fit(IVectorSource, GaussianMixture?, bool, IProgress{EmIteration}?, ReadOnlyMemory{double}, CancellationToken)"/>
    public GmmFitResult Fit(
        ReadOnlyMemory<double> rows, int dimension, GaussianMixture? start = null, bool returnPosterior = false,
        IProgress<EmIteration>? progress = null, ReadOnlyMemory<double> rowWeights = default,
        CancellationToken cancellationToken = default) =>
        Fit(VectorSource.From(rows, dimension), start, returnPosterior, progress, rowWeights, cancellationToken);

    /// <param name="rows">T * D values, row-major, read in place. A <c>float[]</c> converts to the parameter type.</param>
    /// <param name="dimension">D, at least 1.</param>
    /// <inheritdoc cref="Fit(IVectorSource, GaussianMixture?, bool, IProgress{EmIteration}?, ReadOnlyMemory{double}, CancellationToken)"/>
    public GmmFitResult Fit(
        ReadOnlyMemory<float> rows, int dimension, GaussianMixture? start = null, bool returnPosterior = false,
        IProgress<EmIteration>? progress = null, ReadOnlyMemory<double> rowWeights = default,
        CancellationToken cancellationToken = default) =>
        Fit(VectorSource.From(rows, dimension), start, returnPosterior, progress, rowWeights, cancellationToken);

    /// <param name="rows">
    /// T rows of D numbers. A <c>double[][]</c> is read in place. Other sequences are enumerated once and copied.
    /// </param>
    /// <inheritdoc cref="Fit(IVectorSource, GaussianMixture?, bool, IProgress{EmIteration}?, ReadOnlyMemory{double}, CancellationToken)"/>
    public GmmFitResult Fit(
        IEnumerable<double[]> rows, GaussianMixture? start = null, bool returnPosterior = false,
        IProgress<EmIteration>? progress = null, ReadOnlyMemory<double> rowWeights = default,
        CancellationToken cancellationToken = default) =>
        Fit(VectorSource.From(rows), start, returnPosterior, progress, rowWeights, cancellationToken);

    /// <param name="rows">T rows of D numbers. A <c>float[][]</c> is read in place. Other sequences are enumerated once and copied.</param>
    /// <inheritdoc cref="Fit(IVectorSource, GaussianMixture?, bool, IProgress{EmIteration}?, ReadOnlyMemory{double}, CancellationToken)"/>
    public GmmFitResult Fit(
        IEnumerable<float[]> rows, GaussianMixture? start = null, bool returnPosterior = false,
        IProgress<EmIteration>? progress = null, ReadOnlyMemory<double> rowWeights = default,
        CancellationToken cancellationToken = default) =>
        Fit(VectorSource.From(rows), start, returnPosterior, progress, rowWeights, cancellationToken);

    /// <summary>Trains a mixture on another thread, without blocking the calling thread.</summary>
    /// <inheritdoc cref="Fit(IVectorSource, GaussianMixture?, bool, IProgress{EmIteration}?, ReadOnlyMemory{double}, CancellationToken)"
    /// path="//param[@name!='rowWeights']"/>
    /// <inheritdoc cref="Fit(IVectorSource, GaussianMixture?, bool, IProgress{EmIteration}?, ReadOnlyMemory{double}, CancellationToken)"
    /// path="//returns"/>
    /// <inheritdoc cref="Fit(IVectorSource, GaussianMixture?, bool, IProgress{EmIteration}?, ReadOnlyMemory{double}, CancellationToken)"
    /// path="//exception"/>
    public Task<GmmFitResult> FitAsync(
        IVectorSource rows, GaussianMixture? start = null, bool returnPosterior = false, IProgress<EmIteration>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return Task.Run(() => Fit(rows, start, returnPosterior, progress, default, cancellationToken), cancellationToken);
    }

    /// <summary>Reads all batches of rows into memory, then trains a mixture on another thread.</summary>
    /// <param name="batches">Batches of any sizes, each T x D with the same D. The sequence is enumerated once and copied.</param>
    /// <inheritdoc cref="FitAsync(IVectorSource, GaussianMixture?, bool, IProgress{EmIteration}?, CancellationToken)"
    /// path="//param[@name!='rows']"/>
    /// <inheritdoc cref="FitAsync(IVectorSource, GaussianMixture?, bool, IProgress{EmIteration}?, CancellationToken)" path="//returns"/>
    /// <exception cref="ArgumentException">The starting model, the background model or the block sizes do not fit the data.</exception>
    /// <exception cref="VectorDataException">
    /// There are no rows, rows differ in length, or a value is not finite. The message names the row, from 1.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was canceled before the first iteration was complete.</exception>
    public async Task<GmmFitResult> FitAsync(
        IAsyncEnumerable<ReadOnlyMemory2D<double>> batches, GaussianMixture? start = null, bool returnPosterior = false,
        IProgress<EmIteration>? progress = null, CancellationToken cancellationToken = default)
    {
        using IVectorSource source = await VectorSource.FromAsync(batches, cancellationToken).ConfigureAwait(false);
        return await FitAsync(source, start, returnPosterior, progress, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads all batches of rows into memory, then trains a mixture on another thread.</summary>
    /// <param name="batches">
    /// Batches of any sizes, each T x D with the same D. The sequence is enumerated once and copied as <c>float</c>.
    /// </param>
    /// <inheritdoc cref="FitAsync(IVectorSource, GaussianMixture?, bool, IProgress{EmIteration}?, CancellationToken)"
    /// path="//param[@name!='rows']"/>
    /// <inheritdoc cref="FitAsync(IVectorSource, GaussianMixture?, bool, IProgress{EmIteration}?, CancellationToken)" path="//returns"/>
    /// <exception cref="ArgumentException">The starting model, the background model or the block sizes do not fit the data.</exception>
    /// <exception cref="VectorDataException">
    /// There are no rows, rows differ in length, or a value is not finite. The message names the row, from 1.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was canceled before the first iteration was complete.</exception>
    public async Task<GmmFitResult> FitAsync(
        IAsyncEnumerable<ReadOnlyMemory2D<float>> batches, GaussianMixture? start = null, bool returnPosterior = false,
        IProgress<EmIteration>? progress = null, CancellationToken cancellationToken = default)
    {
        using IVectorSource source = await VectorSource.FromAsync(batches, cancellationToken).ConfigureAwait(false);
        return await FitAsync(source, start, returnPosterior, progress, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads all rows into memory as they arrive, then trains a mixture on another thread.</summary>
    /// <param name="rows">Rows of D numbers each. The sequence is enumerated once and copied.</param>
    /// <inheritdoc cref="FitAsync(IVectorSource, GaussianMixture?, bool, IProgress{EmIteration}?, CancellationToken)"
    /// path="//param[@name!='rows']"/>
    /// <inheritdoc cref="FitAsync(IVectorSource, GaussianMixture?, bool, IProgress{EmIteration}?, CancellationToken)" path="//returns"/>
    /// <exception cref="ArgumentException">The starting model, the background model or the block sizes do not fit the data.</exception>
    /// <exception cref="VectorDataException">
    /// There are no rows, rows differ in length, or a value is not finite. The message names the row, from 1.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was canceled before the first iteration was complete.</exception>
    public async Task<GmmFitResult> FitAsync(
        IAsyncEnumerable<double[]> rows, GaussianMixture? start = null, bool returnPosterior = false,
        IProgress<EmIteration>? progress = null, CancellationToken cancellationToken = default)
    {
        using IVectorSource source = await VectorSource.FromAsync(rows, cancellationToken).ConfigureAwait(false);
        return await FitAsync(source, start, returnPosterior, progress, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads all rows into memory as they arrive, then trains a mixture on another thread.</summary>
    /// <param name="rows">Rows of D numbers each. The sequence is enumerated once and copied as <c>float</c>.</param>
    /// <inheritdoc cref="FitAsync(IVectorSource, GaussianMixture?, bool, IProgress{EmIteration}?, CancellationToken)"
    /// path="//param[@name!='rows']"/>
    /// <inheritdoc cref="FitAsync(IVectorSource, GaussianMixture?, bool, IProgress{EmIteration}?, CancellationToken)" path="//returns"/>
    /// <exception cref="ArgumentException">The starting model, the background model or the block sizes do not fit the data.</exception>
    /// <exception cref="VectorDataException">
    /// There are no rows, rows differ in length, or a value is not finite. The message names the row, from 1.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was canceled before the first iteration was complete.</exception>
    public async Task<GmmFitResult> FitAsync(
        IAsyncEnumerable<float[]> rows, GaussianMixture? start = null, bool returnPosterior = false,
        IProgress<EmIteration>? progress = null, CancellationToken cancellationToken = default)
    {
        using IVectorSource source = await VectorSource.FromAsync(rows, cancellationToken).ConfigureAwait(false);
        return await FitAsync(source, start, returnPosterior, progress, cancellationToken).ConfigureAwait(false);
    }
}

using CommunityToolkit.HighPerformance;
using GmmNative.Estimation.Choice;
using GmmNative.Estimation.Options;
using GmmNative.Model;

namespace GmmNative;

/// <summary>
/// Chooses the number of components and the kind of covariances: trains a mixture for every combination and compares their criteria.
/// </summary>
/// <remarks>
/// <para>
/// Each combination is trained from the starts that <see cref="Options"/> specify and, from the second K on, from the model of the K
/// before, grown by splitting its heaviest components. The model with the largest log-likelihood is kept. The rows are read and summarized
/// once.
/// </para>
/// <para>
/// A component that collapses onto a few rows has a likelihood as large as the variance floor is small. Such a model says nothing about the
/// data, so models without floored covariances are preferred, and a model with one is not chosen unless
/// <see cref="AcceptsFlooredModels"/> is set.
/// </para>
/// <para>
/// The same data, options, seed, backend and processor give the same bits for any number of threads. Immutable and thread-safe.
/// </para>
/// </remarks>
/// <example>
/// <code>
/// double[,] rows = { { 1.0, 2.1 }, { 0.9, 1.8 }, { 1.2, 2.0 }, { 8.1, 9.0 }, { 8.4, 8.8 }, { 7.9, 9.3 } };
/// ModelSelection selection = new(components: [1, 2, 3], covariances: [CovarianceKind.Tied, CovarianceKind.Full]);
/// ModelSelectionResult result = selection.Fit(rows);
/// Console.WriteLine($"{result.Best?.Components} components, {result.Best?.Covariance}");
/// </code>
/// </example>
public sealed class ModelSelection
{
    private readonly int _folds;
    private readonly SelectionCriterion _criterion;

    /// <summary>Creates a selection.</summary>
    /// <param name="components">The numbers of components to compare, each at least 1, in any order. A repeated number counts once.</param>
    /// <param name="covariances">
    /// The kinds of covariances to compare, or <see langword="null"/> for all kinds. A repeated kind counts once.
    /// </param>
    /// <param name="options">
    /// The options of every training, or <see langword="null"/> for <see cref="DefaultOptions"/>. The kind of the covariances is not used,
    /// and block sizes apply to diagonal and full covariances. A background model, variational priors, frozen parameters and given
    /// posteriors cannot be used.
    /// </param>
    /// <exception cref="ArgumentException">
    /// There is nothing to compare, a number of components or a kind is invalid, or an option is out of range or cannot be used.
    /// </exception>
    public ModelSelection(IEnumerable<int> components, IEnumerable<CovarianceKind>? covariances = null, GmmOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(components);
        Components = [.. components.Distinct().Order()];
        Covariances = [.. (covariances ?? CovarianceKindNames.All.Select(entry => entry.Kind)).Distinct()];
        Options = options ?? DefaultOptions;
        if (Components.Count == 0 || Covariances.Count == 0)
        {
            throw new ArgumentException("There is nothing to compare: give at least one number of components and one kind of covariances.");
        }

        if (Components[0] < 1)
        {
            throw new ArgumentOutOfRangeException(
                nameof(components), $"The number of components must be at least 1, not {Components[0]}.");
        }

        if (Covariances.FirstOrDefault(kind => !Enum.IsDefined(kind), Covariances[0]) is var bad && !Enum.IsDefined(bad))
        {
            throw new ArgumentOutOfRangeException(nameof(covariances), $"{bad} is not a kind of covariances.");
        }

        foreach (CovarianceKind kind in Covariances)
        {
            GmmOptionsValidation.Validate(
                Options with { Covariance = Options.Covariance with { Kind = kind } }, Components[^1], dimension: null);
        }

        if (Options.Prior.Ubm is not null || Options.Prior.Variational is not null || Options.Start.Posteriors is not null
            || Options.Update.Frozen != MixtureParameters.None)
        {
            throw new ArgumentException(
                "A selection trains mixtures of different sizes by maximum likelihood: it cannot use a background model, variational "
                + "priors, frozen parameters or given posteriors.",
                nameof(options));
        }
    }

    /// <summary>
    /// The options that a selection uses by default: those of <see cref="GmmOptions.Recommended"/> with a tolerance of 1e-6 nats per row
    /// and at most 1000 iterations, because criteria are compared between converged models.
    /// </summary>
    public static GmmOptions DefaultOptions { get; } = GmmOptions.Recommended with
    {
        Stopping = GmmOptions.Recommended.Stopping with { Tolerance = 1e-6, Iterations = 1000 },
    };

    /// <summary>The numbers of components, ascending.</summary>
    public IReadOnlyList<int> Components { get; }

    /// <summary>The kinds of covariances.</summary>
    public IReadOnlyList<CovarianceKind> Covariances { get; }

    /// <summary>The options of every training.</summary>
    public GmmOptions Options { get; }

    /// <summary>The criterion of the choice. The default is BIC.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is undefined.</exception>
    public SelectionCriterion Criterion
    {
        get => _criterion;
        init => _criterion = Enum.IsDefined(value) ? value
            : throw new ArgumentOutOfRangeException(nameof(value), $"{value} is not a criterion.");
    }

    /// <summary>
    /// The number of folds of a cross-validation, at least 2, or 0 for none, the default. The folds are blocks of consecutive rows, whose
    /// sizes differ by at most one. Every combination is then trained once per fold without its rows. With
    /// <see cref="SelectionCriterion.HeldOut"/> and without held-out rows, 0 means 5.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is 1 or negative.</exception>
    public int Folds
    {
        get => _folds;
        init => _folds = value is 0 or >= 2 ? value
            : throw new ArgumentOutOfRangeException(nameof(value), $"The number of folds must be at least 2, or 0 for none, not {value}.");
    }

    /// <summary>
    /// Whether a model may be chosen although a covariance reached the variance floor. The default is false. Set it if the floor is a
    /// wanted regularization.
    /// </summary>
    public bool AcceptsFlooredModels { get; init; }

    /// <summary>Trains and compares all combinations.</summary>
    /// <param name="rows">
    /// T x D, possibly with weights. The source is read once, and once more per iteration of a training. If it is random-access and small,
    /// several trainings read it at the same time.
    /// </param>
    /// <param name="heldOut">
    /// Rows of the same columns to compute <see cref="ModelSelectionRow.HeldOutLogLikelihood"/> from, possibly with weights; or
    /// <see langword="null"/>. They cannot be combined with <see cref="Folds"/>.
    /// </param>
    /// <param name="progress">Receives each complete row with its model, in any order. Called from any thread, one call at a time.</param>
    /// <param name="cancellationToken">
    /// Stops the computation. After the first complete row, the result contains the complete rows. Before that,
    /// <see cref="OperationCanceledException"/> is thrown.
    /// </param>
    /// <returns>The table and the chosen model.</returns>
    /// <exception cref="ArgumentException">Block sizes do not fit the data, or there are held-out rows and folds.</exception>
    /// <exception cref="VectorDataException">
    /// There are no rows or fewer rows than folds, a value is not finite, or the held-out rows do not fit the data.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was canceled before the first row was complete.</exception>
    public ModelSelectionResult Fit(
        IVectorSource rows, IVectorSource? heldOut = null, IProgress<ModelSelectionRow>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (heldOut is not null && Folds > 0)
        {
            throw new ArgumentException("Held-out rows and folds both give held-out log-likelihoods: use one of them.", nameof(heldOut));
        }

        rows = rows.WithMissingValues(Options.MissingValues ?? rows.MissingValues);
        heldOut = heldOut?.WithMissingValues(Options.MissingValues ?? heldOut.MissingValues);
        return new SelectionRun(this, progress, cancellationToken).Execute(rows, heldOut);
    }

    /// <summary>Returns the structure of a kind of covariances. Blocks apply to diagonal and full covariances.</summary>
    internal CovarianceStructure StructureOf(CovarianceKind kind, int dimension) => new(
        kind, dimension, kind is CovarianceKind.Diagonal or CovarianceKind.Full ? Options.Covariance.BlockSizes : null);

    /// <param name="rows">T x D, read in place. A <c>double[,]</c> converts to the parameter type.</param>
    /// <inheritdoc cref="Fit(IVectorSource, IVectorSource?, IProgress{ModelSelectionRow}?, CancellationToken)"/>
    public ModelSelectionResult Fit(
        ReadOnlyMemory2D<double> rows, IVectorSource? heldOut = null, IProgress<ModelSelectionRow>? progress = null,
        CancellationToken cancellationToken = default) =>
        Fit(VectorSource.From(rows), heldOut, progress, cancellationToken);

    /// <param name="rows">T x D, read in place. A <c>float[,]</c> converts to the parameter type.</param>
    /// <inheritdoc cref="Fit(IVectorSource, IVectorSource?, IProgress{ModelSelectionRow}?, CancellationToken)"/>
    public ModelSelectionResult Fit(
        ReadOnlyMemory2D<float> rows, IVectorSource? heldOut = null, IProgress<ModelSelectionRow>? progress = null,
        CancellationToken cancellationToken = default) =>
        Fit(VectorSource.From(rows), heldOut, progress, cancellationToken);

    /// <summary>Trains and compares all combinations on another thread, without blocking the calling thread.</summary>
    /// <inheritdoc cref="Fit(IVectorSource, IVectorSource?, IProgress{ModelSelectionRow}?, CancellationToken)"/>
    public Task<ModelSelectionResult> FitAsync(
        IVectorSource rows, IVectorSource? heldOut = null, IProgress<ModelSelectionRow>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return Task.Run(() => Fit(rows, heldOut, progress, cancellationToken), cancellationToken);
    }
}

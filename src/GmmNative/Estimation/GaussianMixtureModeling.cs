using CommunityToolkit.HighPerformance;
using GmmNative.Estimation;
using GmmNative.Estimation.Options;
using GmmNative.Estimation.Selection;
using GmmNative.Initialization.Seeding;
using GmmNative.Model;

namespace GmmNative;

/// <summary>
/// Trains Gaussian mixtures by EM, adapts them from a universal background model, and converts vectors with them. Compatible with
/// <c>diffsptk.GaussianMixtureModeling</c>: the same methods, options, defaults and results.
/// </summary>
/// <remarks>
/// The only mutable state of an instance is its current <see cref="Parameters"/>. Methods that set them must not run at the same time on
/// one instance. Different instances are independent.
/// </remarks>
/// <example>
/// <code>
/// double[,] rows = { { 1.0, 2.1 }, { 0.9, 1.8 }, { 1.2, 2.0 }, { 8.1, 9.0 }, { 8.4, 8.8 }, { 7.9, 9.3 } };
/// GaussianMixtureModeling estimator = new(order: 1, mixtureCount: 2);
/// estimator.Warmup(rows);
/// GmmFitResult result = estimator.Fit(rows);
/// TransformResult converted = estimator.Transform(new double[,] { { 1.1 }, { 8.0 } });
/// </code>
/// </example>
public sealed class GaussianMixtureModeling
{
    private readonly CovarianceStructure _structure;
    private readonly ResolvedOptions _options;

    /// <summary>Creates an estimator.</summary>
    /// <param name="order">M, at least 0: rows have dimension D = M + 1.</param>
    /// <param name="mixtureCount">K, at least 1.</param>
    /// <param name="options">The options, or <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of range or contradicts another option. The message names it.</exception>
    public GaussianMixtureModeling(int order, int mixtureCount, GmmOptions? options = null)
    {
        if (order < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(order), $"The order must be at least 0, not {order}.");
        }

        if (mixtureCount < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(mixtureCount), $"The number of mixtures must be at least 1, not {mixtureCount}.");
        }

        Options = options ?? new GmmOptions();
        Order = order;
        MixtureCount = mixtureCount;
        _structure = new CovarianceStructure(Options.Covariance.Kind, checked(order + 1), Options.Covariance.BlockSizes);
        GmmOptionsValidation.Validate(Options, mixtureCount, _structure.Dimension);
        _options = ResolvedOptions.ForReference(Options, mixtureCount, _structure);
        Parameters = _options.Ubm;
    }

    /// <summary>The order, M. The dimension of the rows is M + 1.</summary>
    public int Order { get; }

    /// <summary>The number of components, K.</summary>
    public int MixtureCount { get; }

    /// <summary>The options.</summary>
    public GmmOptions Options { get; }

    /// <summary>
    /// The current parameters: the last ones that were set, initialized or fitted. At first they are the background model, or
    /// <see langword="null"/> if there is none.
    /// </summary>
    public GaussianMixture? Parameters { get; private set; }

    /// <summary>Computes starting parameters by Linde-Buzo-Gray splitting, and sets them.</summary>
    /// <param name="rows">T x D.</param>
    /// <param name="options">Options of the splitting, or <see langword="null"/> for the defaults.</param>
    /// <param name="progress">Receives each k-means iteration.</param>
    /// <param name="cancellationToken">Stops the computation. The parameters do not change then.</param>
    /// <returns>
    /// The parameters: weights, means and covariances of the clusters, with the floors applied. A cluster without rows keeps a centroid,
    /// with the variances of all data. This occurs only if there are fewer than K distinct rows.
    /// </returns>
    /// <exception cref="VectorDataException">There are no rows, they have another dimension, or a value is not finite.</exception>
    /// <exception cref="SingularCovarianceException">
    /// The variance floor is 0, and the rows of a cluster do not differ in some coordinate.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public GaussianMixture Warmup(
        IVectorSource rows, LindeBuzoGrayOptions? options = null, IProgress<EmIteration>? progress = null,
        CancellationToken cancellationToken = default)
    {
        options ??= new LindeBuzoGrayOptions();
        options.Validate();
        CheckDimension(rows);
        return Parameters = Training.FindStart(rows, context => new LindeBuzoGray(context, options), progress, cancellationToken);
    }

    /// <param name="rows">T x D, read in place. A <c>double[,]</c> converts to the parameter type.</param>
    /// <inheritdoc cref="Warmup(IVectorSource, LindeBuzoGrayOptions?, IProgress{EmIteration}?, CancellationToken)"/>
    public GaussianMixture Warmup(
        ReadOnlyMemory2D<double> rows, LindeBuzoGrayOptions? options = null, IProgress<EmIteration>? progress = null,
        CancellationToken cancellationToken = default) =>
        Warmup(VectorSource.From(rows), options, progress, cancellationToken);

    /// <param name="rows">T x D, read in place. A <c>float[,]</c> converts to the parameter type.</param>
    /// <inheritdoc cref="Warmup(IVectorSource, LindeBuzoGrayOptions?, IProgress{EmIteration}?, CancellationToken)"/>
    public GaussianMixture Warmup(
        ReadOnlyMemory2D<float> rows, LindeBuzoGrayOptions? options = null, IProgress<EmIteration>? progress = null,
        CancellationToken cancellationToken = default) =>
        Warmup(VectorSource.From(rows), options, progress, cancellationToken);

    /// <param name="rows">T * D values, row-major, read in place. A <c>double[]</c> converts to the parameter type.</param>
    /// <param name="dimension">D, at least 1.</param>
    /// <inheritdoc cref="Warmup(IVectorSource, LindeBuzoGrayOptions?, IProgress{EmIteration}?, CancellationToken)"/>
    public GaussianMixture Warmup(
        ReadOnlyMemory<double> rows, int dimension, LindeBuzoGrayOptions? options = null, IProgress<EmIteration>? progress = null,
        CancellationToken cancellationToken = default) =>
        Warmup(VectorSource.From(rows, dimension), options, progress, cancellationToken);

    /// <param name="rows">T * D values, row-major, read in place. A <c>float[]</c> converts to the parameter type.</param>
    /// <param name="dimension">D, at least 1.</param>
    /// <inheritdoc cref="Warmup(IVectorSource, LindeBuzoGrayOptions?, IProgress{EmIteration}?, CancellationToken)"/>
    public GaussianMixture Warmup(
        ReadOnlyMemory<float> rows, int dimension, LindeBuzoGrayOptions? options = null, IProgress<EmIteration>? progress = null,
        CancellationToken cancellationToken = default) =>
        Warmup(VectorSource.From(rows, dimension), options, progress, cancellationToken);

    /// <param name="rows">
    /// T rows of D numbers. A <c>double[][]</c> is read in place. Other sequences are enumerated once and copied.
    /// </param>
    /// <inheritdoc cref="Warmup(IVectorSource, LindeBuzoGrayOptions?, IProgress{EmIteration}?, CancellationToken)"/>
    public GaussianMixture Warmup(
        IEnumerable<double[]> rows, LindeBuzoGrayOptions? options = null, IProgress<EmIteration>? progress = null,
        CancellationToken cancellationToken = default) =>
        Warmup(VectorSource.From(rows), options, progress, cancellationToken);

    /// <param name="rows">T rows of D numbers. A <c>float[][]</c> is read in place. Other sequences are enumerated once and copied.</param>
    /// <inheritdoc cref="Warmup(IVectorSource, LindeBuzoGrayOptions?, IProgress{EmIteration}?, CancellationToken)"/>
    public GaussianMixture Warmup(
        IEnumerable<float[]> rows, LindeBuzoGrayOptions? options = null, IProgress<EmIteration>? progress = null,
        CancellationToken cancellationToken = default) =>
        Warmup(VectorSource.From(rows), options, progress, cancellationToken);

    /// <summary>Computes starting parameters by any method, and sets them.</summary>
    /// <param name="rows">T x D.</param>
    /// <param name="method">The method.</param>
    /// <param name="progress">Receives each iteration if the method iterates.</param>
    /// <param name="cancellationToken">Stops the computation. The parameters do not change then.</param>
    /// <returns>The parameters.</returns>
    /// <exception cref="VectorDataException">There are no rows, they have another dimension, or a value is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="method"/> is undefined.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public GaussianMixture Initialize(
        IVectorSource rows, InitializationMethod method, IProgress<EmIteration>? progress = null,
        CancellationToken cancellationToken = default)
    {
        CheckDimension(rows);
        return Parameters = Training.FindStart(rows, context => Starts.Create(method, context, _options), progress, cancellationToken);
    }

    /// <param name="rows">T x D, read in place. A <c>double[,]</c> converts to the parameter type.</param>
    /// <inheritdoc cref="Initialize(IVectorSource, InitializationMethod, IProgress{EmIteration}?, CancellationToken)"/>
    public GaussianMixture Initialize(
        ReadOnlyMemory2D<double> rows, InitializationMethod method, IProgress<EmIteration>? progress = null,
        CancellationToken cancellationToken = default) =>
        Initialize(VectorSource.From(rows), method, progress, cancellationToken);

    /// <param name="rows">T x D, read in place. A <c>float[,]</c> converts to the parameter type.</param>
    /// <inheritdoc cref="Initialize(IVectorSource, InitializationMethod, IProgress{EmIteration}?, CancellationToken)"/>
    public GaussianMixture Initialize(
        ReadOnlyMemory2D<float> rows, InitializationMethod method, IProgress<EmIteration>? progress = null,
        CancellationToken cancellationToken = default) =>
        Initialize(VectorSource.From(rows), method, progress, cancellationToken);

    /// <param name="rows">T * D values, row-major, read in place. A <c>double[]</c> converts to the parameter type.</param>
    /// <param name="dimension">D, at least 1.</param>
    /// <inheritdoc cref="Initialize(IVectorSource, InitializationMethod, IProgress{EmIteration}?, CancellationToken)"/>
    public GaussianMixture Initialize(
        ReadOnlyMemory<double> rows, int dimension, InitializationMethod method, IProgress<EmIteration>? progress = null,
        CancellationToken cancellationToken = default) =>
        Initialize(VectorSource.From(rows, dimension), method, progress, cancellationToken);

    /// <param name="rows">T * D values, row-major, read in place. A <c>float[]</c> converts to the parameter type.</param>
    /// <param name="dimension">D, at least 1.</param>
    /// <inheritdoc cref="Initialize(IVectorSource, InitializationMethod, IProgress{EmIteration}?, CancellationToken)"/>
    public GaussianMixture Initialize(
        ReadOnlyMemory<float> rows, int dimension, InitializationMethod method, IProgress<EmIteration>? progress = null,
        CancellationToken cancellationToken = default) =>
        Initialize(VectorSource.From(rows, dimension), method, progress, cancellationToken);

    /// <param name="rows">
    /// T rows of D numbers. A <c>double[][]</c> is read in place. Other sequences are enumerated once and copied.
    /// </param>
    /// <inheritdoc cref="Initialize(IVectorSource, InitializationMethod, IProgress{EmIteration}?, CancellationToken)"/>
    public GaussianMixture Initialize(
        IEnumerable<double[]> rows, InitializationMethod method, IProgress<EmIteration>? progress = null,
        CancellationToken cancellationToken = default) =>
        Initialize(VectorSource.From(rows), method, progress, cancellationToken);

    /// <param name="rows">T rows of D numbers. A <c>float[][]</c> is read in place. Other sequences are enumerated once and copied.</param>
    /// <inheritdoc cref="Initialize(IVectorSource, InitializationMethod, IProgress{EmIteration}?, CancellationToken)"/>
    public GaussianMixture Initialize(
        IEnumerable<float[]> rows, InitializationMethod method, IProgress<EmIteration>? progress = null,
        CancellationToken cancellationToken = default) =>
        Initialize(VectorSource.From(rows), method, progress, cancellationToken);

    /// <summary>
    /// Sets the parameters from which <see cref="Fit(IVectorSource, bool, IProgress{EmIteration}?, CancellationToken)"/> starts, and which
    /// <see cref="Transform(IVectorSource, CancellationToken)"/> uses. The counterpart of <c>set_params</c>.
    /// </summary>
    /// <param name="parameters">
    /// K components of dimension D, in any structure. Entries that the structure of the options does not keep are dropped.
    /// </param>
    /// <exception cref="ArgumentException">
    /// K or D differs, or the column names are not those of the background model.
    /// </exception>
    public void SetParameters(GaussianMixture parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        GmmOptionsValidation.CheckShape(parameters, MixtureCount, _structure.Dimension, "The model", nameof(parameters));
        Parameters = ModelColumns.InOrderOf(parameters.WithStructure(_structure), Options.Prior.Ubm);
    }

    /// <summary>
    /// Runs EM from the current parameters or, if there are none, from a warm-up. The fitted model becomes the current parameters. The
    /// counterpart of <c>forward</c>.
    /// </summary>
    /// <param name="rows">T x D. The rows are read once, and once more per iteration.</param>
    /// <param name="returnPosterior">Whether to compute the T x K posteriors under the fitted model.</param>
    /// <param name="progress">
    /// Receives each iteration and, with <see cref="Verbosity.Progress"/>, reports from within iterations. Called from any thread, one call
    /// at a time.
    /// </param>
    /// <param name="cancellationToken">
    /// Stops the computation. After the first complete iteration, the result contains the model of the last complete iteration, with
    /// <see cref="StopReason.Cancelled"/> and without posteriors. Before that, <see cref="OperationCanceledException"/> is thrown, and the
    /// parameters do not change.
    /// </param>
    /// <returns>The fitted model, its log-likelihood, and diagnostics.</returns>
    /// <exception cref="VectorDataException">There are no rows, they have another dimension, or a value is not finite.</exception>
    /// <exception cref="SingularCovarianceException">
    /// A covariance is not positive definite, and the options or a variance floor of 0 do not allow repairing it.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was canceled before the first iteration was complete.</exception>
    public GmmFitResult Fit(
        IVectorSource rows, bool returnPosterior = false, IProgress<EmIteration>? progress = null,
        CancellationToken cancellationToken = default)
    {
        rows = Arrange(rows);
        CheckDimension(rows);
        GmmFitResult result = Training.Fit(rows, Parameters, returnPosterior, progress, cancellationToken);
        Parameters = result.Model;
        return result;
    }

    /// <param name="rows">T x D, read in place. A <c>double[,]</c> converts to the parameter type.</param>
    /// <inheritdoc cref="Fit(IVectorSource, bool, IProgress{EmIteration}?, CancellationToken)"/>
    public GmmFitResult Fit(
        ReadOnlyMemory2D<double> rows, bool returnPosterior = false, IProgress<EmIteration>? progress = null,
        CancellationToken cancellationToken = default) =>
        Fit(VectorSource.From(rows), returnPosterior, progress, cancellationToken);

    /// <param name="rows">T x D, read in place. A <c>float[,]</c> converts to the parameter type.</param>
    /// <inheritdoc cref="Fit(IVectorSource, bool, IProgress{EmIteration}?, CancellationToken)"/>
    public GmmFitResult Fit(
        ReadOnlyMemory2D<float> rows, bool returnPosterior = false, IProgress<EmIteration>? progress = null,
        CancellationToken cancellationToken = default) =>
        Fit(VectorSource.From(rows), returnPosterior, progress, cancellationToken);

    /// <param name="rows">T * D values, row-major, read in place. A <c>double[]</c> converts to the parameter type.</param>
    /// <param name="dimension">D, at least 1.</param>
    /// <inheritdoc cref="Fit(IVectorSource, bool, IProgress{EmIteration}?, CancellationToken)"/>
    public GmmFitResult Fit(
        ReadOnlyMemory<double> rows, int dimension, bool returnPosterior = false, IProgress<EmIteration>? progress = null,
        CancellationToken cancellationToken = default) =>
        Fit(VectorSource.From(rows, dimension), returnPosterior, progress, cancellationToken);

    /// <param name="rows">T * D values, row-major, read in place. A <c>float[]</c> converts to the parameter type.</param>
    /// <param name="dimension">D, at least 1.</param>
    /// <inheritdoc cref="Fit(IVectorSource, bool, IProgress{EmIteration}?, CancellationToken)"/>
    public GmmFitResult Fit(
        ReadOnlyMemory<float> rows, int dimension, bool returnPosterior = false, IProgress<EmIteration>? progress = null,
        CancellationToken cancellationToken = default) =>
        Fit(VectorSource.From(rows, dimension), returnPosterior, progress, cancellationToken);

    /// <param name="rows">
    /// T rows of D numbers. A <c>double[][]</c> is read in place. Other sequences are enumerated once and copied.
    /// </param>
    /// <inheritdoc cref="Fit(IVectorSource, bool, IProgress{EmIteration}?, CancellationToken)"/>
    public GmmFitResult Fit(
        IEnumerable<double[]> rows, bool returnPosterior = false, IProgress<EmIteration>? progress = null,
        CancellationToken cancellationToken = default) =>
        Fit(VectorSource.From(rows), returnPosterior, progress, cancellationToken);

    /// <param name="rows">T rows of D numbers. A <c>float[][]</c> is read in place. Other sequences are enumerated once and copied.</param>
    /// <inheritdoc cref="Fit(IVectorSource, bool, IProgress{EmIteration}?, CancellationToken)"/>
    public GmmFitResult Fit(
        IEnumerable<float[]> rows, bool returnPosterior = false, IProgress<EmIteration>? progress = null,
        CancellationToken cancellationToken = default) =>
        Fit(VectorSource.From(rows), returnPosterior, progress, cancellationToken);

    /// <summary>
    /// Predicts the last coordinates of rows from the first, under the current parameters; see
    /// <see cref="GaussianMixtureScoring.Transform(GaussianMixture, IVectorSource, ExecutionOptions?, CancellationToken)"/>.
    /// </summary>
    /// <param name="rows">T x (N+1), with N at most M.</param>
    /// <param name="cancellationToken">Stops the computation.</param>
    /// <exception cref="InvalidOperationException">There are no parameters yet.</exception>
    /// <exception cref="VectorDataException">
    /// The rows have more coordinates than the model, or contain a value that is not finite.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public TransformResult Transform(IVectorSource rows, CancellationToken cancellationToken = default) =>
        (Parameters ?? throw new InvalidOperationException("There are no parameters yet: call Fit, Warmup or SetParameters first."))
        .Transform(rows, Options.Execution, cancellationToken);

    /// <param name="rows">T x (N+1), read in place. A <c>double[,]</c> converts to the parameter type.</param>
    /// <inheritdoc cref="Transform(IVectorSource, CancellationToken)"/>
    public TransformResult Transform(ReadOnlyMemory2D<double> rows, CancellationToken cancellationToken = default) =>
        Transform(VectorSource.From(rows), cancellationToken);

    /// <param name="rows">T x (N+1), read in place. A <c>float[,]</c> converts to the parameter type.</param>
    /// <inheritdoc cref="Transform(IVectorSource, CancellationToken)"/>
    public TransformResult Transform(ReadOnlyMemory2D<float> rows, CancellationToken cancellationToken = default) =>
        Transform(VectorSource.From(rows), cancellationToken);

    /// <param name="rows">T * (N+1) values, row-major, read in place. A <c>double[]</c> converts to the parameter type.</param>
    /// <param name="dimension">N+1, at least 1.</param>
    /// <inheritdoc cref="Transform(IVectorSource, CancellationToken)"/>
    public TransformResult Transform(ReadOnlyMemory<double> rows, int dimension, CancellationToken cancellationToken = default) =>
        Transform(VectorSource.From(rows, dimension), cancellationToken);

    /// <param name="rows">T * (N+1) values, row-major, read in place. A <c>float[]</c> converts to the parameter type.</param>
    /// <param name="dimension">N+1, at least 1.</param>
    /// <inheritdoc cref="Transform(IVectorSource, CancellationToken)"/>
    public TransformResult Transform(ReadOnlyMemory<float> rows, int dimension, CancellationToken cancellationToken = default) =>
        Transform(VectorSource.From(rows, dimension), cancellationToken);

    /// <param name="rows">
    /// T rows of N+1 numbers. A <c>double[][]</c> is read in place. Other sequences are enumerated once and copied.
    /// </param>
    /// <inheritdoc cref="Transform(IVectorSource, CancellationToken)"/>
    public TransformResult Transform(IEnumerable<double[]> rows, CancellationToken cancellationToken = default) =>
        Transform(VectorSource.From(rows), cancellationToken);

    /// <param name="rows">
    /// T rows of N+1 numbers. A <c>float[][]</c> is read in place. Other sequences are enumerated once and copied.
    /// </param>
    /// <inheritdoc cref="Transform(IVectorSource, CancellationToken)"/>
    public TransformResult Transform(IEnumerable<float[]> rows, CancellationToken cancellationToken = default) =>
        Transform(VectorSource.From(rows), cancellationToken);

    private MixtureTraining Training => new(MixtureCount, _structure, _options, Options);

    /// <summary>Selects the columns of the current parameters, in their order, if both have names.</summary>
    private IVectorSource Arrange(IVectorSource rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return Parameters is { } parameters ? ModelColumns.Arrange(rows, parameters) : rows;
    }

    private void CheckDimension(IVectorSource rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.Dimension != _structure.Dimension)
        {
            throw new VectorDataException(
                $"The vectors have dimension {rows.Dimension}, but order {Order} requires dimension {_structure.Dimension}.");
        }
    }
}

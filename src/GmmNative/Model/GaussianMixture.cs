using System.Diagnostics;
using System.Numerics.Tensors;
using System.Text.Json.Serialization;
using CommunityToolkit.HighPerformance;
using GmmNative.Data;
using GmmNative.Errors;
using GmmNative.Model;

namespace GmmNative;

/// <summary>
/// A Gaussian mixture of K components over rows of dimension D: weights, means and covariances. Immutable and validated.
/// </summary>
/// <remarks>
/// Thread-safe. Log-densities are natural logarithms (nats). <c>JsonSerializer</c> writes and reads a model in the format of a <c>.json</c>
/// model file (<see cref="GaussianMixtureJsonConverter"/>).
/// </remarks>
/// <example>
/// <code>
/// GaussianMixture model = new(
///     new CovarianceStructure(CovarianceKind.Diagonal, dimension: 2),
///     weights: [0.25, 0.75], means: [0, 0, 5, 5], covariances: [1, 1, 2, 2]);
/// double[] logDensities = model.LogDensities(new double[,] { { 0.1, 0.2 }, { 4.8, 5.5 } });
/// </code>
/// </example>
[DebuggerDisplay("{ToString(),nq}")]
[JsonConverter(typeof(GaussianMixtureJsonConverter))]
public sealed class GaussianMixture
{
    /// <summary>Weights whose sum differs from 1 by at most this are not scaled.</summary>
    private const double WeightSumRounding = 1e-12;

    /// <summary>The maximum difference between mirrored entries of a covariance, relative to the two standard deviations.</summary>
    private const double SymmetryTolerance = 1e-6;

    /// <summary>The number of rows and columns of a covariance that are checked together.</summary>
    private const int Tile = 64;

    private readonly double[] _weights;
    private readonly double[] _means;
    private readonly double[] _covariances;

    /// <summary>Creates a model from copies of its parameters.</summary>
    /// <param name="structure">The structure of the covariances, which specifies D.</param>
    /// <param name="weights">
    /// K weights, not negative, with a sum of 1 within 1e-6. They are scaled to sum to 1 if the sum differs by more than 1e-12.
    /// </param>
    /// <param name="means">K x D, row-major.</param>
    /// <param name="covariances">
    /// The covariances in the layout of <see cref="Covariances"/>: variances positive, matrices symmetric, positive definite, zero outside
    /// the structure.
    /// </param>
    /// <exception cref="ArgumentException">The lengths do not agree.</exception>
    /// <exception cref="InvalidMixtureException">The numbers are not a mixture. The message names the component.</exception>
    public GaussianMixture(
        CovarianceStructure structure, ReadOnlySpan<double> weights, ReadOnlySpan<double> means, ReadOnlySpan<double> covariances)
        : this(weights.ToArray(), means.ToArray(), covariances.ToArray(), structure)
    {
        Validate(CancellationToken.None);
    }

    // The structure is the last parameter. In the order of the public constructor, arrays would silently bind to this one, unchecked.
    private GaussianMixture(double[] weights, double[] means, double[] covariances, CovarianceStructure structure)
    {
        ArgumentNullException.ThrowIfNull(structure);
        if (weights.Length == 0)
        {
            throw new ArgumentException("A mixture needs at least one component.", nameof(weights));
        }

        if (means.Length != (long)weights.Length * structure.Dimension)
        {
            throw new ArgumentException($"{weights.Length} components of dimension {structure.Dimension} have "
                + $"{(long)weights.Length * structure.Dimension} means, not {means.Length}.", nameof(means));
        }

        long numbers = structure.Storage.Numbers(weights.Length);
        if (covariances.Length != numbers)
        {
            throw new ArgumentException($"{weights.Length} {structure} covariances of dimension {structure.Dimension} are "
                + $"{numbers} numbers, not {covariances.Length}.", nameof(covariances));
        }

        Structure = structure;
        _weights = weights;
        _means = means;
        _covariances = covariances;
    }

    /// <summary>The structure of the covariances.</summary>
    public CovarianceStructure Structure { get; }

    /// <summary>
    /// The names of the D columns of the training data, or <see langword="null"/> if the data had no names. Rows with names
    /// (<see cref="IVectorSource.ColumnNames"/>) are matched by name, in any order. Rows without names are matched by position.
    /// </summary>
    public IReadOnlyList<string>? Columns { get; private init; }

    /// <summary>The variational posterior that log-densities and posteriors average over; <see langword="null"/> for none.</summary>
    public VariationalPosterior? Variational { get; private init; }

    /// <summary>
    /// The criteria of the model for the rows that it was trained on, if they were requested; model files store them.
    /// <see langword="null"/> otherwise, and for models that were derived from another one.
    /// </summary>
    public MixtureCriteria? TrainingCriteria { get; private init; }

    /// <summary>The number of components, K.</summary>
    public int ComponentCount => _weights.Length;

    /// <summary>The dimension of the rows, D.</summary>
    public int Dimension => Structure.Dimension;

    /// <summary>The K weights, which sum to 1.</summary>
    public ReadOnlyMemory<double> Weights => _weights;

    /// <summary>The K x D means, row-major.</summary>
    public ReadOnlyMemory<double> Means => _means;

    /// <summary>
    /// The covariances, row-major. By kind: K x D variances (diagonal, one block), K x D x D matrices (full, or several blocks), K
    /// variances (spherical), one D x D matrix (tied), D variances (tied diagonal), or one variance (tied spherical).
    /// </summary>
    public ReadOnlyMemory<double> Covariances => _covariances;

    /// <summary>The means as a K x D matrix.</summary>
    public ReadOnlyMemory2D<double> MeanMatrix => Means.AsMemory2D(ComponentCount, Dimension);

    /// <summary>Returns the mean of a component: D coordinates.</summary>
    /// <param name="component">The component, from 0.</param>
    public ReadOnlySpan<double> Mean(int component) => _means.AsSpan(component * Dimension, Dimension);

    /// <summary>
    /// Returns the covariance of a component in its storage layout: one variance, D variances or a D x D matrix. Components of a tied
    /// structure share it.
    /// </summary>
    /// <param name="component">The component, from 0.</param>
    public ReadOnlySpan<double> Covariance(int component) => Structure.Storage.Of((ReadOnlySpan<double>)_covariances, component);

    /// <summary>Returns one entry of the covariance of a component, for any storage layout.</summary>
    /// <param name="component">The component, from 0.</param>
    /// <param name="row">The row, from 0.</param>
    /// <param name="column">The column, from 0.</param>
    public double CovarianceAt(int component, int row, int column) => Structure.Storage.Entry(Covariance(component), row, column);

    /// <summary>Returns K, D and the structure of the covariances in one line.</summary>
    public override string ToString() => $"K = {ComponentCount}, D = {Dimension}, {Structure}";

    /// <summary>Returns the marginal mixture of the leading coordinates, without a variational posterior.</summary>
    /// <remarks>
    /// <see cref="GaussianMixtureConditioning.Marginal(GaussianMixture, IReadOnlyList{int})"/> returns the marginal of any coordinates.
    /// </remarks>
    /// <param name="dimension">The number of leading coordinates, 1 to D.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="dimension"/> is out of range.</exception>
    public GaussianMixture Marginal(int dimension)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(dimension, Dimension);
        return CoordinateSelection.Marginal(this, [.. Enumerable.Range(0, dimension)]).WithVariational(null);
    }

    /// <summary>Returns the same mixture with other column names.</summary>
    /// <param name="names">
    /// D names, or <see langword="null"/> for none. Names may be empty or repeated, but rows with other names can then not be matched by
    /// name.
    /// </param>
    /// <exception cref="ArgumentException">
    /// The number of names is not D, or a name is null or contains a NUL character, which files cannot store.
    /// </exception>
    public GaussianMixture WithColumns(IReadOnlyList<string>? names)
    {
        if (ReferenceEquals(names, Columns))
        {
            return this;
        }

        if (names is not null && names.Count != Dimension)
        {
            throw new ArgumentException($"The model has dimension {Dimension}, but there are {names.Count} column names.", nameof(names));
        }

        if (names is not null && names.Any(name => name is null || name.Contains('\0', StringComparison.Ordinal)))
        {
            throw new ArgumentException("A column name is null or contains a NUL character.", nameof(names));
        }

        IReadOnlyList<string>? columns = names is null ? null : Array.AsReadOnly(names.ToArray());
        return new GaussianMixture(_weights, _means, _covariances, Structure)
        {
            Columns = columns,
            Variational = Variational,
            TrainingCriteria = TrainingCriteria,
        };
    }

    /// <summary>Returns the same mixture with another variational posterior.</summary>
    /// <param name="posterior">The posterior, or <see langword="null"/> for the mixture of the point estimates alone.</param>
    /// <exception cref="ArgumentException">The posterior has another K, or its degrees of freedom are not above D - 1.</exception>
    public GaussianMixture WithVariational(VariationalPosterior? posterior)
    {
        posterior?.Check(ComponentCount, Dimension);
        return ReferenceEquals(posterior, Variational)
            ? this : new GaussianMixture(_weights, _means, _covariances, Structure) { Columns = Columns, Variational = posterior };
    }

    /// <summary>Returns the same mixture with criteria for its training rows.</summary>
    internal GaussianMixture WithTrainingCriteria(MixtureCriteria? criteria) => ReferenceEquals(criteria, TrainingCriteria)
        ? this
        : new GaussianMixture(_weights, _means, _covariances, Structure)
        {
            Columns = Columns,
            Variational = Variational,
            TrainingCriteria = criteria,
        };

    /// <summary>Returns the same mixture with its columns in another order.</summary>
    /// <param name="names">The names in <see cref="Columns"/>, in the new order.</param>
    /// <exception cref="ArgumentException">
    /// The model has no names, or other names, or repeated names. Or the order changes and the structure has more than one block, so that
    /// it cannot be reordered.
    /// </exception>
    public GaussianMixture OrderColumns(IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        if (Columns is null || names.Count != Dimension)
        {
            throw new ArgumentException($"The model has {(Columns is null ? "no" : $"{Dimension}")} column names, not {names.Count}.",
                nameof(names));
        }

        int[] from;
        try
        {
            from = ColumnMatch.Find(names, Columns, leadingSuffice: false, "the new order").Columns;
        }
        catch (FileProblemException e)
        {
            throw new ArgumentException($"The model: {e.Message}", nameof(names), e);
        }

        return from.Where((column, place) => column != place).Any() ? Permute(from).WithColumns(names) : this;
    }

    /// <summary>
    /// Returns the same mixture with covariances in another structure. Entries that it does not keep become zero. What it shares becomes
    /// the average: over coordinates, and over components by their weights. A variational posterior belongs to its structure and is not
    /// kept.
    /// </summary>
    /// <param name="structure">A structure of the same dimension.</param>
    /// <exception cref="ArgumentException">The dimensions differ.</exception>
    public GaussianMixture WithStructure(CovarianceStructure structure)
    {
        ArgumentNullException.ThrowIfNull(structure);
        if (structure.Dimension != Dimension)
        {
            throw new ArgumentException(
                $"The structure has dimension {structure.Dimension}, but the model has {Dimension}.", nameof(structure));
        }

        return structure.Equals(Structure) ? this : CoordinateSelection.Copy(this, [.. Enumerable.Range(0, Dimension)], structure);
    }

    private GaussianMixture Permute(int[] from) => Structure.BlockSizes.Count > 1
        ? throw new ArgumentException($"The columns of a model with {Structure} covariances cannot be reordered.", nameof(from))
        : CoordinateSelection.Copy(this, from, Structure).WithVariational(Variational);

    /// <summary>Creates a model from arrays that are known to be a mixture, without copies or checks.</summary>
    internal static GaussianMixture FromTrusted(CovarianceStructure structure, double[] weights, double[] means, double[] covariances) =>
        new(weights, means, covariances, structure);

    /// <summary>Creates a model from arrays that no other code uses, without copies and with all checks.</summary>
    /// <exception cref="InvalidMixtureException">The numbers are not a mixture.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    internal static GaussianMixture FromOwned(
        CovarianceStructure structure, double[] weights, double[] means, double[] covariances, CancellationToken cancellationToken)
    {
        GaussianMixture model = new(weights, means, covariances, structure);
        model.Validate(cancellationToken);
        return model;
    }

    private void Validate(CancellationToken cancellationToken)
    {
        WeightCheck check = new();
        check.Add(_weights);
        double sum = check.Finish();

        // Weights that sum to 1 up to rounding are not scaled, so that saving and loading changes no bit.
        if (Math.Abs(sum - 1) > WeightSumRounding)
        {
            TensorPrimitives.Divide(_weights, sum, _weights);
        }

        int bad = FiniteCheck.IndexOfNonFinite(_means);
        if (bad >= 0)
        {
            throw new InvalidMixtureException(
                $"The mean of component {bad / Dimension} is {_means[bad]} at coordinate {bad % Dimension}.");
        }

        for (int k = 0; k < Structure.Storage.Covariances(ComponentCount); k++)
        {
            ValidateCovariance(k, cancellationToken);
        }
    }

    private void ValidateCovariance(int component, CancellationToken cancellationToken)
    {
        int dimension = Dimension;
        CovarianceStorage storage = Structure.Storage;
        Span<double> matrix = storage.Of(_covariances.AsSpan(), component);
        if (FiniteCheck.IndexOfNonFinite(matrix) >= 0)
        {
            throw CovarianceProblem.NotFinite(Structure, component);
        }

        for (int i = 0; i < dimension; i++)
        {
            if (!(storage.Variance(matrix, i) > 0))
            {
                throw CovarianceProblem.Variance(Structure, component, i, storage.Variance(matrix, i));
            }
        }

        if (storage.HoldsVariances)
        {
            return;
        }

        // Tile by tile, so that mirrored entries, which are far apart in memory, stay in the caches.
        for (int firstRow = 0; firstRow < dimension; firstRow += Tile)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (int firstColumn = 0; firstColumn <= firstRow; firstColumn += Tile)
            {
                MakeSymmetric(component, matrix, firstRow, firstColumn);
            }
        }

        if (!PositiveDefinite.IsPositiveDefinite(Structure, matrix, cancellationToken))
        {
            throw CovarianceProblem.NotPositiveDefinite(Structure, component);
        }
    }

    /// <summary>Checks the entries of one tile on and below the diagonal, and makes mirrored entries equal in every bit.</summary>
    private void MakeSymmetric(int component, Span<double> matrix, int firstRow, int firstColumn)
    {
        int dimension = Dimension;
        for (int i = firstRow; i < Math.Min(firstRow + Tile, dimension); i++)
        {
            for (int j = firstColumn; j < Math.Min(firstColumn + Tile, i); j++)
            {
                ref double lower = ref matrix[(i * dimension) + j];
                ref double upper = ref matrix[(j * dimension) + i];
                if (!Structure.IsKept(i, j))
                {
                    if (lower != 0 || upper != 0)
                    {
                        throw new InvalidMixtureException(
                            $"{CovarianceProblem.Name(Structure, component)} has an entry at ({i}, {j}), which its structure ({Structure}) "
                            + "does not keep.");
                    }

                    continue;
                }

                double scale = Math.Sqrt(matrix[(i * dimension) + i] * matrix[(j * dimension) + j]);
                if (!(Math.Abs(lower - upper) <= SymmetryTolerance * scale))
                {
                    throw new InvalidMixtureException($"{CovarianceProblem.Name(Structure, component)} is not symmetric at ({i}, {j}).");
                }

                lower = upper = 0.5 * (lower + upper);
            }
        }
    }
}

using CommunityToolkit.HighPerformance;
using GmmNative.Data;
using GmmNative.Execution;
using GmmNative.Inference.Conditioning;

namespace GmmNative;

/// <summary>
/// A joint mixture that is prepared for converting sequences: it predicts the smooth sequence of target vectors whose static and window
/// coordinates together are the most probable ones (maximum-likelihood parameter generation, <c>vc</c> in SPTK).
/// </summary>
/// <remarks>
/// <para>
/// The targets of the model are L static coordinates, then the L coordinates of each window. A window h makes the coordinate
/// sum over j of h_j c_(t+j), j from -H to H, of a sequence c. For each row, the most probable component given the row's coordinates has
/// the conditional mean E_t and covariance D_t of the targets. The result minimizes (W c - E)' P (W c - E), where W contains the windows
/// and P the inverses of D_t. Where a window reaches beyond the sequence, entries of P are zero if the later of their two coordinates
/// belongs to that window (Toda, Black and Tokuda, 2007, with the edges of SPTK 4).
/// </para>
/// <para>
/// Thread-safe. All rows of a sequence are in memory, with about 2 H L * L numbers per row, H being the largest half width.
/// </para>
/// </remarks>
/// <example>
/// <code>
/// // A model of [x, delta x; y, delta y], trained on pairs of aligned sequences.
/// GaussianMixture joint = ModelFile.Load("joint.npz");
/// TrajectoryGenerator generator = joint.CreateTrajectoryGenerator(given: [0, 1], windows: [[-0.5, 0, 0.5]]);
/// double[,] converted = generator.Generate(new double[,] { { 1.0, 0.1 }, { 1.2, 0.2 }, { 1.4, 0.1 } });
/// </code>
/// </example>
public sealed class TrajectoryGenerator
{
    private readonly MixtureRegressor _regressor;
    private readonly ConditionalPrecisions _precisions;
    private readonly DeltaWindow[] _windows;

    internal TrajectoryGenerator(MixtureRegressor regressor, DeltaWindow[] windows, double? gap, ExecutionPlan execution)
    {
        _regressor = regressor;
        _precisions = new ConditionalPrecisions(regressor, execution.Backend);
        _windows = [DeltaWindow.Static, .. windows];
        Gap = gap;
        StaticDimension = regressor.Targets.Count / _windows.Length;
    }

    /// <summary>The mixture of all coordinates.</summary>
    public GaussianMixture Model => _regressor.Model;

    /// <summary>The X given coordinates, from 0, in the order of the rows.</summary>
    public IReadOnlyList<int> Given => _regressor.Given;

    /// <summary>The target coordinates, from 0: the static ones, then those of each window.</summary>
    public IReadOnlyList<int> Targets => _regressor.Targets;

    /// <summary>The number of static target coordinates, L.</summary>
    public int StaticDimension { get; }

    /// <summary>
    /// The number that marks gaps, or <see langword="null"/>. Rows whose first given coordinate equals it are taken out of the sequence,
    /// and the result contains it in all coordinates of these rows.
    /// </summary>
    public double? Gap { get; }

    /// <summary>Converts a sequence.</summary>
    /// <param name="rows">
    /// T rows in the order of time. If rows and model have names, the rows have the names of the given coordinates, in any order. Otherwise
    /// the rows consist of the X given coordinates in their order, or of all D coordinates of the model.
    /// </param>
    /// <param name="cancellationToken">Stops the computation.</param>
    /// <returns>T x L: the static target coordinates.</returns>
    /// <exception cref="VectorDataException">
    /// The rows have another dimension, lack a named column, or contain a value that is not finite, or there are too many for an array.
    /// </exception>
    /// <exception cref="InvalidMixtureException">A covariance is not positive definite.</exception>
    /// <exception cref="GmmException">
    /// The windows do not determine the sequence. This is possible only if a window is narrower than an earlier one.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public double[,] Generate(IVectorSource rows, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        IVectorSource given = GivenColumns.Select(rows, Model, [.. Given]);
        RegressionResult best = _regressor.Predict(given, RegressionKind.Best, withCovariances: false, cancellationToken);
        int count = best.Labels.Length;
        SequenceRows kept = Gap is { } gap
            ? SequenceRows.WithGaps(given, count, gap, cancellationToken)
            : SequenceRows.All(count);
        double[,] result = new double[count, StaticDimension];
        result.AsSpan().Fill(Gap ?? 0);
        if (kept.Count == 0)
        {
            return result;
        }

        if (_windows.Length == 1)
        {
            for (int t = 0; t < kept.Count; t++)
            {
                best.Predicted.GetRowSpan(kept[t]).CopyTo(result.GetRowSpan(kept[t]));
            }

            return result;
        }

        TrajectorySystem system = new(kept, _windows, StaticDimension, best.Predicted, row => _precisions.Of(best.Labels[row]));
        double[] trajectory = system.Solve(cancellationToken);
        for (int t = 0; t < kept.Count; t++)
        {
            trajectory.AsSpan(t * StaticDimension, StaticDimension).CopyTo(result.GetRowSpan(kept[t]));
        }

        return result;
    }

    /// <param name="rows">T x X or T x D, read in place. A <c>double[,]</c> converts to the parameter type.</param>
    /// <inheritdoc cref="Generate(IVectorSource, CancellationToken)"/>
    public double[,] Generate(ReadOnlyMemory2D<double> rows, CancellationToken cancellationToken = default) =>
        Generate(VectorSource.From(rows), cancellationToken);

    /// <param name="rows">T x X or T x D, read in place. A <c>float[,]</c> converts to the parameter type.</param>
    /// <inheritdoc cref="Generate(IVectorSource, CancellationToken)"/>
    public double[,] Generate(ReadOnlyMemory2D<float> rows, CancellationToken cancellationToken = default) =>
        Generate(VectorSource.From(rows), cancellationToken);

    /// <param name="rows">T rows of X or D numbers. A <c>double[][]</c> is read in place. Other sequences are enumerated once.</param>
    /// <inheritdoc cref="Generate(IVectorSource, CancellationToken)"/>
    public double[,] Generate(IEnumerable<double[]> rows, CancellationToken cancellationToken = default) =>
        Generate(VectorSource.From(rows), cancellationToken);

    /// <param name="rows">T rows of X or D numbers. A <c>float[][]</c> is read in place. Other sequences are enumerated once.</param>
    /// <inheritdoc cref="Generate(IVectorSource, CancellationToken)"/>
    public double[,] Generate(IEnumerable<float[]> rows, CancellationToken cancellationToken = default) =>
        Generate(VectorSource.From(rows), cancellationToken);
}

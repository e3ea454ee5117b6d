using System.Numerics.Tensors;
using CommunityToolkit.HighPerformance;
using GmmNative.Data;
using GmmNative.Execution;
using GmmNative.Inference.Conditioning;
using GmmNative.Interop.Seam;
using GmmNative.Model;
using GmmNative.Scoring;
using GmmNative.Scoring.Regression;
using GmmNative.Scoring.Results;

namespace GmmNative;

/// <summary>A mixture that is prepared for predicting target coordinates y from given coordinates x.</summary>
/// <remarks>
/// Create a regressor once (<see cref="GaussianMixtureConditioning.CreateRegressor"/>) and keep it. Thread-safe. The parameters of a
/// component are computed when a row first needs them. After that, methods for one row do not allocate; they compute in double precision
/// regardless of the options. All log-densities are natural logarithms (nats) of the marginal density p(x).
/// </remarks>
/// <example>
/// <code>
/// GaussianMixture model = ModelFile.Load("model.npz");
/// MixtureRegressor regressor = model.CreateRegressor(given: [0], targets: [1]);
/// double[] expected = new double[1];
/// double[] covariance = new double[1];
/// regressor.Expected([1.5], expected, covariance);
/// RegressionResult many = regressor.Predict(new double[,] { { 1.5 }, { 2.5 } }, RegressionKind.Expected, withCovariances: true);
/// </code>
/// </example>
public sealed class MixtureRegressor
{
    private readonly int[] _given;
    private readonly int[] _targets;
    private readonly ExecutionPlan _execution;
    private readonly MixtureScorer _scorer;
    private readonly MixtureRegression _regression;
    private readonly ExpectedRegression _expected;

    // Conditional covariances take Y * Y numbers per component, so they exist only if they are requested.
    private readonly Lazy<MixtureRegression> _withCovariances;
    private readonly Lazy<ExpectedRegression> _expectedWithCovariances;

    internal MixtureRegressor(GaussianMixture model, int[] given, int[] targets, ExecutionPlan execution)
    {
        Model = model;
        _given = given;
        _targets = targets;
        _execution = execution;
        Given = Array.AsReadOnly(given);
        Targets = Array.AsReadOnly(targets);
        GaussianMixture marginal = CoordinateSelection.Marginal(model, given);
        _scorer = new MixtureScorer(marginal, execution);
        _regression = new MixtureRegression(model, marginal, given, targets, withCovariances: false, execution.Backend);
        _withCovariances = new Lazy<MixtureRegression>(
            () => new MixtureRegression(model, marginal, given, targets, withCovariances: true, execution.Backend));
        _expected = new ExpectedRegression(_regression, withCovariances: false);
        _expectedWithCovariances = new Lazy<ExpectedRegression>(
            () => new ExpectedRegression(_withCovariances.Value, withCovariances: true));
    }

    /// <summary>The mixture of all coordinates.</summary>
    public GaussianMixture Model { get; }

    /// <summary>The X given coordinates, from 0, in the order of the rows.</summary>
    public IReadOnlyList<int> Given { get; }

    /// <summary>The Y target coordinates, from 0, in the order of the predictions.</summary>
    public IReadOnlyList<int> Targets { get; }

    /// <summary>Computes the conditional weight of each component: its posterior probability given x.</summary>
    /// <param name="row">X numbers.</param>
    /// <param name="posterior">Receives K numbers that sum to 1. All are equal if every log-density is below the range of double.</param>
    /// <returns>The log-density of the row, in nats.</returns>
    /// <exception cref="ArgumentException"><paramref name="posterior"/> has fewer than K elements.</exception>
    /// <exception cref="VectorDataException">The row does not have X numbers, or a number is not finite.</exception>
    public double Posterior(ReadOnlySpan<double> row, Span<double> posterior)
    {
        Check(row);
        return _scorer.Posterior(row, posterior);
    }

    /// <summary>
    /// Computes the logarithm of the conditional weight of each component, also where the weight is below the range of double.
    /// </summary>
    /// <param name="row">X numbers.</param>
    /// <param name="logPosterior">Receives K numbers, in nats; minus infinity for components of weight 0.</param>
    /// <returns>The log-density of the row, in nats.</returns>
    /// <exception cref="ArgumentException"><paramref name="logPosterior"/> has fewer than K elements.</exception>
    /// <exception cref="VectorDataException">The row does not have X numbers, or a number is not finite.</exception>
    public double LogPosterior(ReadOnlySpan<double> row, Span<double> logPosterior)
    {
        Check(row);
        return _scorer.LogPosterior(row, logPosterior);
    }

    /// <summary>Computes the expected value of the target coordinates, E[y | x].</summary>
    /// <param name="row">X numbers.</param>
    /// <param name="expected">Receives Y numbers.</param>
    /// <returns>The log-density of the row, in nats.</returns>
    /// <exception cref="ArgumentException"><paramref name="expected"/> has fewer than Y elements.</exception>
    /// <exception cref="VectorDataException">The row does not have X numbers, or a number is not finite.</exception>
    /// <exception cref="InvalidMixtureException">A covariance is not positive definite.</exception>
    public double Expected(ReadOnlySpan<double> row, Span<double> expected) =>
        Expected(_expected, row, expected, []);

    /// <inheritdoc cref="Expected(ReadOnlySpan{double}, Span{double})"/>
    public double Expected(ReadOnlySpan<float> row, Span<double> expected) => Expected(Widen(row), expected);

    /// <summary>Computes the expected value of the target coordinates, E[y | x], and their covariance, Cov[y | x].</summary>
    /// <param name="row">X numbers.</param>
    /// <param name="expected">Receives Y numbers.</param>
    /// <param name="covariance">Receives Y x Y numbers, row-major, symmetric.</param>
    /// <returns>The log-density of the row, in nats.</returns>
    /// <exception cref="ArgumentException">A span is too short for its result.</exception>
    /// <exception cref="VectorDataException">The row does not have X numbers, or a number is not finite.</exception>
    /// <exception cref="InvalidMixtureException">A covariance is not positive definite.</exception>
    public double Expected(ReadOnlySpan<double> row, Span<double> expected, Span<double> covariance)
    {
        ExpectedRegression regression = _expectedWithCovariances.Value;
        ArgumentOutOfRangeException.ThrowIfLessThan(covariance.Length, regression.CovarianceLength, nameof(covariance));
        return Expected(regression, row, expected, covariance);
    }

    /// <inheritdoc cref="Expected(ReadOnlySpan{double}, Span{double}, Span{double})"/>
    public double Expected(ReadOnlySpan<float> row, Span<double> expected, Span<double> covariance) =>
        Expected(Widen(row), expected, covariance);

    /// <summary>
    /// Predicts the target coordinates under the most probable component, the first of several equally probable components.
    /// </summary>
    /// <param name="row">X numbers.</param>
    /// <param name="predicted">Receives Y numbers.</param>
    /// <returns>The component, from 0.</returns>
    /// <exception cref="ArgumentException"><paramref name="predicted"/> has fewer than Y elements.</exception>
    /// <exception cref="VectorDataException">The row does not have X numbers, or a number is not finite.</exception>
    /// <exception cref="InvalidMixtureException">The covariance of the component is not positive definite.</exception>
    public int Best(ReadOnlySpan<double> row, Span<double> predicted)
    {
        Check(row);
        int component = _scorer.Label(row);
        ConditionalMean(component, row, predicted);
        return component;
    }

    /// <inheritdoc cref="Best(ReadOnlySpan{double}, Span{double})"/>
    public int Best(ReadOnlySpan<float> row, Span<double> predicted) => Best(Widen(row), predicted);

    /// <summary>Computes the conditional mean of a component: m_k[y] + S_k[yx] S_k[xx]^-1 (x - m_k[x]).</summary>
    /// <param name="component">The component, from 0.</param>
    /// <param name="row">X numbers.</param>
    /// <param name="mean">Receives Y numbers.</param>
    /// <exception cref="ArgumentException">
    /// <paramref name="component"/> is out of range, or <paramref name="mean"/> has fewer than Y elements.
    /// </exception>
    /// <exception cref="VectorDataException">The row does not have X numbers, or a number is not finite.</exception>
    /// <exception cref="InvalidMixtureException">The covariance of the component is not positive definite.</exception>
    public void ConditionalMean(int component, ReadOnlySpan<double> row, Span<double> mean)
    {
        CheckComponent(component);
        Check(row);
        ArgumentOutOfRangeException.ThrowIfLessThan(mean.Length, _targets.Length, nameof(mean));
        Span<double> difference = Scratch<double>.Take(Scratch<double>.Components, _given.Length);
        _regression.Predict(component, row, difference, mean);
    }

    /// <summary>
    /// Returns the conditional covariance of a component, S_k[yy] - S_k[yx] S_k[xx]^-1 S_k[xy], which does not depend on x.
    /// </summary>
    /// <param name="component">The component, from 0.</param>
    /// <returns>Y x Y numbers, row-major, symmetric.</returns>
    /// <exception cref="ArgumentException"><paramref name="component"/> is out of range.</exception>
    /// <exception cref="InvalidMixtureException">The covariance of the component is not positive definite.</exception>
    public ReadOnlyMemory<double> ConditionalCovariance(int component)
    {
        CheckComponent(component);
        return _withCovariances.Value.Covariance(component);
    }

    /// <summary>Predicts the target coordinates of many rows, on all threads.</summary>
    /// <param name="rows">
    /// T rows. If rows and model have names, the rows have the names of the given coordinates, in any order. Otherwise the rows consist of
    /// the X given coordinates in their order, or of all D coordinates of the model.
    /// </param>
    /// <param name="kind">The kind of regression.</param>
    /// <param name="withCovariances">Whether to compute the covariance of each prediction.</param>
    /// <param name="cancellationToken">Stops the computation.</param>
    /// <exception cref="VectorDataException">
    /// The rows have another dimension, lack a named column, or contain a value that is not finite, or the results are too many for an
    /// array.
    /// </exception>
    /// <exception cref="InvalidMixtureException">A covariance is not positive definite.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public RegressionResult Predict(
        IVectorSource rows, RegressionKind kind = RegressionKind.Expected, bool withCovariances = false,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        IRowRegression regression = RowRegression(kind, withCovariances);
        return RegressionArrays.Of(regression, GivenColumns.Select(rows, Model, _given), _execution, cancellationToken);
    }

    /// <param name="rows">T x X or T x D, read in place. A <c>double[,]</c> converts to the parameter type.</param>
    /// <inheritdoc cref="Predict(IVectorSource, RegressionKind, bool, CancellationToken)"/>
    public RegressionResult Predict(
        ReadOnlyMemory2D<double> rows, RegressionKind kind = RegressionKind.Expected, bool withCovariances = false,
        CancellationToken cancellationToken = default) => Predict(VectorSource.From(rows), kind, withCovariances, cancellationToken);

    /// <param name="rows">T x X or T x D, read in place. A <c>float[,]</c> converts to the parameter type.</param>
    /// <inheritdoc cref="Predict(IVectorSource, RegressionKind, bool, CancellationToken)"/>
    public RegressionResult Predict(
        ReadOnlyMemory2D<float> rows, RegressionKind kind = RegressionKind.Expected, bool withCovariances = false,
        CancellationToken cancellationToken = default) => Predict(VectorSource.From(rows), kind, withCovariances, cancellationToken);

    /// <param name="rows">T rows of X or D numbers. A <c>double[][]</c> is read in place. Other sequences are enumerated once.</param>
    /// <inheritdoc cref="Predict(IVectorSource, RegressionKind, bool, CancellationToken)"/>
    public RegressionResult Predict(
        IEnumerable<double[]> rows, RegressionKind kind = RegressionKind.Expected, bool withCovariances = false,
        CancellationToken cancellationToken = default) => Predict(VectorSource.From(rows), kind, withCovariances, cancellationToken);

    /// <param name="rows">T rows of X or D numbers. A <c>float[][]</c> is read in place. Other sequences are enumerated once.</param>
    /// <inheritdoc cref="Predict(IVectorSource, RegressionKind, bool, CancellationToken)"/>
    public RegressionResult Predict(
        IEnumerable<float[]> rows, RegressionKind kind = RegressionKind.Expected, bool withCovariances = false,
        CancellationToken cancellationToken = default) => Predict(VectorSource.From(rows), kind, withCovariances, cancellationToken);

    /// <summary>Returns the regression of chunks of rows.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="kind"/> is undefined.</exception>
    internal IRowRegression RowRegression(RegressionKind kind, bool withCovariances) => kind switch
    {
        RegressionKind.Best => new BestRegression(withCovariances ? _withCovariances.Value : _regression, withCovariances),
        RegressionKind.Expected => withCovariances ? _expectedWithCovariances.Value : _expected,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), $"{kind} is not a kind of regression."),
    };

    private static Span<double> Widen(ReadOnlySpan<float> row)
    {
        Span<double> wide = Scratch<double>.Take(Scratch<double>.Row, row.Length)[..row.Length];
        TensorPrimitives.ConvertTruncating(row, wide);
        return wide;
    }

    private double Expected(ExpectedRegression regression, ReadOnlySpan<double> row, Span<double> expected, Span<double> covariance)
    {
        Check(row);
        ArgumentOutOfRangeException.ThrowIfLessThan(expected.Length, _targets.Length, nameof(expected));
        int components = Model.ComponentCount;
        Span<double> scratch = Scratch<double>.Take(Scratch<double>.Components, checked(components + regression.ScratchLength));
        double logDensity = _scorer.Posterior(row, scratch[..components]);
        regression.PredictRow(row, scratch[..components], scratch[components..], expected, covariance);
        return logDensity;
    }

    private void CheckComponent(int component)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(component);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(component, Model.ComponentCount);
    }

    private void Check(ReadOnlySpan<double> row)
    {
        if (row.Length != _given.Length)
        {
            throw new VectorDataException($"The row has {row.Length} numbers, but {_given.Length} coordinates are given.");
        }

        int index = FiniteCheck.IndexOfNonFinite(row);
        if (index >= 0)
        {
            throw FiniteCheck.NotFinite($"Column {index + 1} of the row", row[index]);
        }
    }
}

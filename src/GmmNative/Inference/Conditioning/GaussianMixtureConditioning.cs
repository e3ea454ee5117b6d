using GmmNative.Execution;
using GmmNative.Inference.Conditioning;
using GmmNative.Model;

namespace GmmNative;

/// <summary>Marginal and conditional mixtures of any coordinates, and predictions of some coordinates from others.</summary>
/// <remarks>Thread-safe. Coordinates are counted from 0. Results keep the column names of the model.</remarks>
/// <example>
/// <code>
/// GaussianMixture model = ModelFile.Load("model.npz");
/// GaussianMixture last = model.Marginal([1]);
/// GaussianMixture rest = model.Condition(given: [0], values: [1.5]);
/// MixtureRegressor regressor = model.CreateRegressor(given: [0], targets: [1]);
/// </code>
/// </example>
public static class GaussianMixtureConditioning
{
    /// <summary>Returns the marginal mixture of some coordinates, in any order.</summary>
    /// <remarks>
    /// Weights, means and the entries of covariances keep their bits. The result keeps the entries that the structure of the model keeps,
    /// with blocks if block sizes can describe them. Otherwise its covariances are full.
    /// </remarks>
    /// <param name="model">The mixture.</param>
    /// <param name="coordinates">Distinct coordinates, from 0; at least one.</param>
    /// <exception cref="ArgumentException">There are no coordinates, or a coordinate is repeated.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A coordinate is out of range.</exception>
    public static GaussianMixture Marginal(this GaussianMixture model, IReadOnlyList<int> coordinates)
    {
        ArgumentNullException.ThrowIfNull(model);
        return CoordinateSelection.Marginal(model, CoordinateList.Check(model, coordinates, nameof(coordinates)));
    }

    /// <summary>Returns the conditional mixture of some coordinates, given the values of others: p(y | x).</summary>
    /// <remarks>
    /// With x and y the given and target coordinates, component k has the weight w_k N(x; m_k[x], S_k[xx]) / sum over j, the mean
    /// m_k[y] + S_k[yx] S_k[xx]^-1 (x - m_k[x]) and the covariance S_k[yy] - S_k[yx] S_k[xx]^-1 S_k[xy]. Weights are computed from
    /// log-densities, so x may be far from all components; a weight below the range of double is 0. Coordinates that are neither given nor
    /// targets are marginalized. The structure of the result follows the rules of <see cref="Marginal"/>.
    /// </remarks>
    /// <param name="model">The mixture.</param>
    /// <param name="given">The X given coordinates, from 0; at least one.</param>
    /// <param name="values">The X values of the given coordinates.</param>
    /// <param name="targets">
    /// The coordinates of the result, from 0, in their order; <see langword="null"/> for all coordinates that are not given, in ascending
    /// order.
    /// </param>
    /// <param name="execution">The backend; <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentException">
    /// A list is empty or contains a coordinate twice, a coordinate is both given and a target, or no target remains.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">A coordinate is out of range.</exception>
    /// <exception cref="VectorDataException">There are not X values, or a value is not finite.</exception>
    /// <exception cref="InvalidMixtureException">
    /// A covariance is so ill-conditioned that the conditional covariance is not positive definite in double precision.
    /// </exception>
    public static GaussianMixture Condition(
        this GaussianMixture model, IReadOnlyList<int> given, ReadOnlySpan<double> values, IReadOnlyList<int>? targets = null,
        ExecutionOptions? execution = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        MixtureRegressor regressor = model.CreateRegressor(given, targets, execution);
        int components = model.ComponentCount;
        int[] wanted = [.. regressor.Targets];
        CovarianceStructure structure = SelectedStructure.Of(model.Structure, wanted);
        CovarianceStorage storage = structure.Storage;
        double[] weights = new double[components];
        regressor.Posterior(values, weights);
        double[] means = new double[checked(components * wanted.Length)];
        double[] covariances = storage.Allocate(components);
        for (int k = 0; k < components; k++)
        {
            regressor.ConditionalMean(k, values, means.AsSpan(k * wanted.Length, wanted.Length));
            ReadOnlySpan<double> covariance = regressor.ConditionalCovariance(k).Span;
            Span<double> to = storage.Of(covariances.AsSpan(), k);
            foreach (int[] group in structure.GroupArrays)
            {
                foreach (int i in group)
                {
                    foreach (int j in group)
                    {
                        storage.SetEntry(to, i, j, covariance[(i * wanted.Length) + j]);
                    }
                }
            }
        }

        return GaussianMixture.FromOwned(structure, weights, means, covariances, CancellationToken.None)
            .WithColumns(CoordinateSelection.NamesOf(model, wanted));
    }

    /// <summary>Prepares predictions of target coordinates from given coordinates. The result can be used for many calls.</summary>
    /// <param name="model">The mixture.</param>
    /// <param name="given">The given coordinates, from 0, in the order of the rows; at least one.</param>
    /// <param name="targets">
    /// The target coordinates, from 0, in the order of the predictions; <see langword="null"/> for all coordinates that are not given, in
    /// ascending order. Coordinates that are neither given nor targets are marginalized.
    /// </param>
    /// <param name="execution">The execution options; <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentException">
    /// A list is empty or contains a coordinate twice, a coordinate is both given and a target, or no target remains.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">A coordinate is out of range.</exception>
    /// <exception cref="InvalidMixtureException">A covariance is not positive definite.</exception>
    public static MixtureRegressor CreateRegressor(
        this GaussianMixture model, IReadOnlyList<int> given, IReadOnlyList<int>? targets = null, ExecutionOptions? execution = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        int[] known = CoordinateList.Check(model, given, nameof(given));
        int[] wanted = CoordinateList.CheckTargets(model, known, targets, nameof(targets));
        return new MixtureRegressor(model, known, wanted, ExecutionPlan.From(execution));
    }

    /// <summary>Prepares conversions of sequences with windows. The result can be used for many calls.</summary>
    /// <param name="model">The mixture of source and target coordinates.</param>
    /// <param name="given">The given coordinates, from 0, in the order of the rows; at least one.</param>
    /// <param name="windows">
    /// The windows of the targets, in the order of their coordinates, without the static one. A window with an even number of coefficients
    /// is extended by a zero at the end. Empty for conversion row by row.
    /// </param>
    /// <param name="targets">
    /// The target coordinates, from 0: the L static ones, then those of each window; <see langword="null"/> for all coordinates that are
    /// not given, in ascending order.
    /// </param>
    /// <param name="gap">
    /// The number that marks gaps in the first given coordinate (<see cref="TrajectoryGenerator.Gap"/>), or <see langword="null"/>.
    /// </param>
    /// <param name="execution">The execution options; <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentException">
    /// A list of coordinates is wrong as in <see cref="CreateRegressor"/>, a window is empty or contains a number that is not finite, or
    /// the number of targets is not a multiple of the number of windows plus one.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">A coordinate is out of range.</exception>
    /// <exception cref="InvalidMixtureException">A covariance is not positive definite.</exception>
    public static TrajectoryGenerator CreateTrajectoryGenerator(
        this GaussianMixture model, IReadOnlyList<int> given, IReadOnlyList<double[]> windows, IReadOnlyList<int>? targets = null,
        double? gap = null, ExecutionOptions? execution = null)
    {
        ArgumentNullException.ThrowIfNull(windows);
        MixtureRegressor regressor = model.CreateRegressor(given, targets, execution);
        DeltaWindow[] all = [.. windows.Select(window => new DeltaWindow(window))];
        return regressor.Targets.Count % (all.Length + 1) == 0
            ? new TrajectoryGenerator(regressor, all, gap, ExecutionPlan.From(execution))
            : throw new ArgumentException(
                $"{regressor.Targets.Count} target coordinates cannot be divided into static ones and those of {all.Length} windows: "
                + $"the number must be a multiple of {all.Length + 1}.",
                nameof(windows));
    }
}

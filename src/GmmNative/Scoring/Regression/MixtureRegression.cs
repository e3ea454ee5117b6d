using System.Numerics.Tensors;
using GmmNative.Interop;
using GmmNative.Model;

namespace GmmNative.Scoring.Regression;

/// <summary>
/// The regression of target coordinates on given coordinates under each component: y = mu_y + Sigma_yx Sigma_xx^-1 (x - mu_x).
/// Thread-safe.
/// </summary>
internal sealed class MixtureRegression
{
    private readonly GaussianMixture _model;
    private readonly int[] _given;
    private readonly int[] _targets;
    private readonly bool _withCovariances;
    private readonly DenseBackend _backend;
    private readonly double[] _givenMeans;
    private readonly double[] _targetMeans;
    private readonly Lock _lock = new();

    // Computed only for components that some row needs.
    private readonly ComponentRegression?[] _components;

    /// <summary>Creates a regression. Its parameters are computed when a row needs them.</summary>
    /// <param name="model">The model of all coordinates.</param>
    /// <param name="marginal">The marginal of the model for the given coordinates.</param>
    /// <param name="given">The given coordinates, from 0.</param>
    /// <param name="targets">The predicted coordinates, from 0.</param>
    /// <param name="withCovariances">Whether conditional covariances are needed.</param>
    /// <param name="backend">The backend that factors covariances.</param>
    public MixtureRegression(
        GaussianMixture model, GaussianMixture marginal, int[] given, int[] targets, bool withCovariances, DenseBackend backend)
    {
        _model = model;
        Marginal = marginal;
        _given = given;
        _targets = targets;
        _withCovariances = withCovariances;
        _backend = backend;
        _components = new ComponentRegression?[model.ComponentCount];
        _givenMeans = MeansOf(model, given);
        _targetMeans = MeansOf(model, targets);
    }

    /// <summary>The marginal of the model for the given coordinates.</summary>
    public GaussianMixture Marginal { get; }

    /// <summary>The number of given coordinates.</summary>
    public int Given => _given.Length;

    /// <summary>The number of predicted coordinates.</summary>
    public int Wanted => _targets.Length;

    /// <summary>Creates the regression of the last coordinates on the first.</summary>
    /// <param name="model">The model.</param>
    /// <param name="given">The number of given coordinates, at least 1 and below D.</param>
    /// <param name="backend">The backend that factors covariances.</param>
    public static MixtureRegression OfLeading(GaussianMixture model, int given, DenseBackend backend)
    {
        int[] all = [.. Enumerable.Range(0, model.Dimension)];
        return new MixtureRegression(model, LeadingMarginal(model, given), all[..given], all[given..], withCovariances: false, backend);
    }

    /// <summary>Returns the marginal of the leading coordinates without blocks, which determines the bits of <c>transform</c>.</summary>
    public static GaussianMixture LeadingMarginal(GaussianMixture model, int dimension)
    {
        GaussianMixture marginal = model.Marginal(dimension);
        return dimension == model.Dimension || marginal.Structure.BlockSizes.Count == 1
            ? marginal
            : marginal.WithStructure(new CovarianceStructure(CovarianceKind.Full, dimension));
    }

    /// <summary>Returns the number of coordinates of a model that the rows do not contain.</summary>
    /// <exception cref="VectorDataException">The rows have more coordinates than the model.</exception>
    public static int WantedOf(GaussianMixture model, IVectorSource rows) =>
        rows.Dimension <= model.Dimension
        ? model.Dimension - rows.Dimension
        : throw new VectorDataException(
            $"The vectors have dimension {rows.Dimension}, but the model has only {model.Dimension}: use fewer "
            + "coordinates.");

    /// <summary>Returns the regression of the same targets on some of the given coordinates.</summary>
    /// <param name="observed">The places of these coordinates among the given ones.</param>
    public MixtureRegression OfObserved(int[] observed) =>
        new(_model, Marginal, [.. observed.Select(place => _given[place])], _targets, _withCovariances, _backend);

    /// <summary>Predicts the target coordinates of a row under one component.</summary>
    /// <param name="component">The component, from 0.</param>
    /// <param name="row"><see cref="Given"/> numbers.</param>
    /// <param name="difference">Scratch memory of <see cref="Given"/> numbers.</param>
    /// <param name="predicted">Receives <see cref="Wanted"/> numbers.</param>
    public void Predict(int component, ReadOnlySpan<double> row, Span<double> difference, Span<double> predicted)
    {
        int given = Given;
        ReadOnlySpan<double> slope = Of(component).Slope;
        ReadOnlySpan<double> mean = _targetMeans.AsSpan(component * Wanted, Wanted);
        TensorPrimitives.Subtract(row, _givenMeans.AsSpan(component * given, given), difference);
        for (int i = 0; i < mean.Length; i++)
        {
            predicted[i] = mean[i] + TensorPrimitives.Dot<double>(slope.Slice(i * given, given), difference[..given]);
        }
    }

    /// <summary>Returns the conditional covariance of a component: Y x Y; empty if covariances are not needed.</summary>
    /// <param name="component">The component, from 0.</param>
    public ReadOnlyMemory<double> Covariance(int component) => Of(component).Covariance;

    private ComponentRegression Of(int component) => Volatile.Read(ref _components[component]) ?? Find(component);

    private ComponentRegression Find(int component)
    {
        lock (_lock)
        {
            ComponentRegression found = _components[component]
                ?? ComponentRegression.Of(_model, component, _given, _targets, _withCovariances, _backend.DoubleOperations);
            Volatile.Write(ref _components[component], found);
            return found;
        }
    }

    private static double[] MeansOf(GaussianMixture model, int[] coordinates)
    {
        double[] means = new double[checked(model.ComponentCount * coordinates.Length)];
        for (int i = 0; i < means.Length; i++)
        {
            means[i] = model.Mean(i / coordinates.Length)[coordinates[i % coordinates.Length]];
        }

        return means;
    }
}

using System.Text.Json;

namespace GmmNative.TestSupport;

/// <summary>
/// One case that scikit-learn's BayesianGaussianMixture answered: posteriors of the start, priors, and what must come out.
/// </summary>
public sealed record BayesCase(string Folder, string Name, JsonElement Definition)
{
    /// <summary>The cases of the covariance types that the library has.</summary>
    public static IReadOnlyList<BayesCase> All { get; } =
        [.. Load("d1k3"), .. Load("d3k4")];

    /// <summary>The covariance type in scikit-learn's words.</summary>
    public string Type => Definition.GetProperty("covariance_type").GetString()!;

    /// <summary>The number of iterations.</summary>
    public int Iterations => Definition.GetProperty("iterations").GetInt32();

    /// <summary>The relative error that is allowed: 20 iterations multiply the rounding of each.</summary>
    public double Tolerance => Iterations > 5 ? 1e-6 : 1e-8;

    /// <summary>The arrays of the answers.</summary>
    public NumpyArchive Arrays => NumpyArchive.Load(TestData.Path("bayes", Folder, Name + ".npz"));

    /// <summary>The kind of the covariances.</summary>
    public CovarianceKind Kind => Type switch
    {
        "full" => CovarianceKind.Full,
        "tied" => CovarianceKind.Tied,
        "spherical" => CovarianceKind.Spherical,
        _ => CovarianceKind.Diagonal,
    };

    /// <summary>The prior of the weights.</summary>
    public WeightPrior Weights => Definition.GetProperty("weight_concentration_prior_type").GetString() == "dirichlet_process"
        ? WeightPrior.DirichletProcess : WeightPrior.DirichletDistribution;

    /// <summary>Whether all priors are scikit-learn's defaults, which are then left out of the options.</summary>
    public bool HasDefaultPriors => Name.Contains("_default_", StringComparison.Ordinal);

    /// <summary>The priors as options.</summary>
    public GmmVariationalOptions Priors => HasDefaultPriors
        ? new GmmVariationalOptions { Weights = Weights }
        : new GmmVariationalOptions
        {
            Weights = Weights,
            Concentration = Definition.GetProperty("weight_concentration_prior").GetDouble(),
            MeanPrecision = Definition.GetProperty("mean_precision_prior").GetDouble(),
            DegreesOfFreedom = Definition.GetProperty("degrees_of_freedom_prior").GetDouble(),
            Mean = Numbers(Definition.GetProperty("mean_prior")),
            Covariance = Numbers(Definition.GetProperty("covariance_prior")),
        };

    /// <summary>The case of a name such as <c>d3k4/full_dp_own_5</c>.</summary>
    public static BayesCase Find(string name) => All.Single(c => c.ToString() == name);

    /// <summary>The path of a file of the case's folder.</summary>
    public string PathOf(string file) => TestData.Path("bayes", Folder, file);

    /// <summary>An array file of the case's folder.</summary>
    public (double[] Values, int Columns) Matrix(string file)
    {
        (double[] values, int[] shape) = NumpyArchive.LoadArray(PathOf(file));
        return (values, shape[1]);
    }

    /// <summary>What is not as scikit-learn answered: a line for each kind of parameter; none when all is.</summary>
    public IReadOnlyList<string> Deviations(GaussianMixture model, double lowerBound)
    {
        NumpyArchive expected = Arrays;
        VariationalPosterior posterior = model.Variational!;
        return
        [
            .. Deviations("weights", expected["weights"], model.Weights.Span, 1e-5),
            .. Deviations("means", expected["means"], model.Means.Span, 1),
            .. Deviations("covariances", expected["covariances"], model.Covariances.Span, 1e-3),
            .. Deviations("weight concentration", expected["weight_concentration"], posterior.WeightConcentration.Span, 1e-3),
            .. Deviations("mean precision", expected["mean_precision"], posterior.MeanPrecision.Span, 1e-3),
            .. Deviations("degrees of freedom", expected["degrees_of_freedom"], posterior.DegreesOfFreedom.Span, 1e-3),
            .. Deviations("lower bound", expected["lower_bound"], [lowerBound], 1),
        ];
    }

    /// <summary>The same of one array.</summary>
    public IReadOnlyList<string> Deviations(string what, ReadOnlySpan<double> expected, ReadOnlySpan<double> actual, double scale)
    {
        double error = Near.RelativeError(expected, actual, scale);
        return error <= Tolerance ? [] : [$"{what}: relative error {error:E2}, allowed {Tolerance:E2}"];
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Folder}/{Name}";

    private static double[] Numbers(JsonElement element) => element.ValueKind == JsonValueKind.Array
        ? [.. element.EnumerateArray().SelectMany(Numbers)] : [element.GetDouble()];

    private static IEnumerable<BayesCase> Load(string folder)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(TestData.Path("bayes", folder, "cases.json")));
        return [.. document.RootElement.GetProperty("cases").EnumerateArray()
            .Select(item => new BayesCase(folder, item.GetProperty("case").GetString()!, item.Clone()))];
    }
}

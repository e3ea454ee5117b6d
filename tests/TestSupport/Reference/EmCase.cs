using System.Text.Json;

namespace GmmNative.TestSupport;

/// <summary>One of the 60 cases that SPTK 4 answered: a starting model, a number of iterations, and what must come out.</summary>
public sealed record EmCase(
    string Folder, string Name, CovarianceKind Covariance, int[] BlockSizes, int Iterations, double Alpha, string Train, string? Ubm,
    int RegressionInputs)
{
    /// <summary>All cases.</summary>
    public static IReadOnlyList<EmCase> All { get; } = [.. Load("d4k4"), .. Load("d6k3")];

    /// <summary>The case of a name such as <c>d4k4/diag_4_ml1</c>.</summary>
    public static EmCase Find(string name) => All.Single(c => c.ToString() == name);

    /// <summary>The weight floor of every case.</summary>
    public static double WeightFloor => 1e-5;

    /// <summary>The variance floor of every case.</summary>
    public static double VarianceFloor => 1e-6;

    /// <summary>
    /// The relative error that is allowed: 20 iterations multiply the rounding of each by the slowness of EM's convergence.
    /// </summary>
    public double Tolerance => Iterations > 5 ? 1e-6 : 1e-8;

    /// <summary>The arrays of the case: starting model and answers.</summary>
    public NumpyArchive Arrays => NumpyArchive.Load(TestData.Path("em", Folder, Name + ".npz"));

    /// <summary>A vector file of the case's folder.</summary>
    public (double[] Values, int Dimension) Vectors(string file)
    {
        (double[] values, int[] shape) = NumpyArchive.LoadArray(PathOf(file));
        return (values, shape[1]);
    }

    /// <summary>The path of a file of the case's folder.</summary>
    public string PathOf(string file) => TestData.Path("em", Folder, file);

    /// <summary>The model that the case starts from, or adapts.</summary>
    public GaussianMixture Start(int dimension) => Model(Ubm is null ? "init_" : "ubm_", dimension);

    /// <summary>What is not as SPTK answered: a line for each kind of parameter; none when all is.</summary>
    /// <param name="model">The model after <see cref="Iterations"/> iterations.</param>
    /// <param name="totalLogLikelihood">The log-likelihood of the training rows before the last update, in nats.</param>
    public IReadOnlyList<string> Deviations(GaussianMixture model, double totalLogLikelihood)
    {
        NumpyArchive expected = Arrays;
        return
        [
            .. Deviations("weights", expected["weights"], model.Weights.Span, 1e-5),
            .. Deviations("means", expected["means"], model.Means.Span, 1),
            .. Deviations("covariances", Stored(expected["covariances"], model.Dimension), model.Covariances.Span, 1e-3),
            .. Deviations("log-likelihood", expected["total_log_likelihood_before_last_update"], [totalLogLikelihood], 1),
        ];
    }

    /// <summary>The same of one array.</summary>
    /// <param name="what">What the array holds, for the line.</param>
    /// <param name="expected">SPTK's answer.</param>
    /// <param name="actual">Ours.</param>
    /// <param name="scale">Values smaller than this may be wrong by <see cref="Tolerance"/> of it.</param>
    public IReadOnlyList<string> Deviations(string what, ReadOnlySpan<double> expected, ReadOnlySpan<double> actual, double scale)
    {
        double error = Near.RelativeError(expected, actual, scale);
        return error <= Tolerance ? [] : [$"{what}: relative error {error:E2}, allowed {Tolerance:E2}"];
    }

    /// <summary>The structure of the case's covariances.</summary>
    public CovarianceStructure Structure(int dimension) => new(Covariance, dimension, BlockSizes);

    /// <summary>A model among the case's arrays, which hold every covariance as a D x D matrix.</summary>
    public GaussianMixture Model(string prefix, int dimension)
    {
        NumpyArchive arrays = Arrays;
        double[] covariances = arrays[prefix + "covariances"];
        return new GaussianMixture(
            Structure(dimension), arrays[prefix + "weights"], arrays[prefix + "means"], Stored(covariances, dimension));
    }

    /// <summary>D x D covariances as the structure stores them.</summary>
    public double[] Stored(double[] covariances, int dimension)
    {
        if (!Structure(dimension).IsDiagonalStorage)
        {
            return covariances;
        }

        double[] variances = new double[covariances.Length / dimension];
        for (int i = 0; i < variances.Length; i++)
        {
            variances[i] = covariances[(i * dimension) + (i % dimension)];
        }

        return variances;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Folder}/{Name}";

    private static IEnumerable<EmCase> Load(string folder)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(TestData.Path("em", folder, "cases.json")));
        foreach (JsonElement item in document.RootElement.GetProperty("cases").EnumerateArray())
        {
            yield return new EmCase(
                folder,
                item.GetProperty("case").GetString()!,
                item.GetProperty("covariance").GetString() == "full" ? CovarianceKind.Full : CovarianceKind.Diagonal,
                [.. item.GetProperty("block_size").EnumerateArray().Select(size => size.GetInt32())],
                item.GetProperty("iterations").GetInt32(),
                item.GetProperty("alpha").GetDouble(),
                item.GetProperty("train").GetString()!,
                item.TryGetProperty("ubm", out JsonElement ubm) ? ubm.GetString() : null,
                item.TryGetProperty("regression_inputs", out JsonElement inputs) ? inputs.GetInt32() : 0);
        }
    }
}

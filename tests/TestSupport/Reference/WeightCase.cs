using System.Text.Json;

namespace GmmNative.TestSupport;

/// <summary>
/// A case of EM over rows with weights, computed in 80-bit arithmetic: a starting model, weights, and what must come out.
/// </summary>
public sealed record WeightCase(string Folder, string Name, CovarianceKind Covariance, int Iterations, double Alpha, string RowWeights)
{
    /// <summary>All cases.</summary>
    public static IReadOnlyList<WeightCase> All { get; } = [.. Load("d3k3"), .. Load("d2k2_outliers")];

    /// <summary>The case of a name such as <c>d3k3/diag_tiny_5</c>.</summary>
    public static WeightCase Find(string name) => All.Single(c => c.ToString() == name);

    /// <summary>The allowed relative error: EM multiplies the rounding of each iteration by the slowness of its convergence.</summary>
    public double Tolerance => Iterations > 5 ? 1e-6 : 1e-8;

    /// <summary>The arrays of the case: starting model and answers.</summary>
    public NumpyArchive Arrays => NumpyArchive.Load(PathOf(Name + ".npz"));

    /// <summary>The model that the case starts from, or adapts.</summary>
    public GaussianMixture Start
    {
        get
        {
            NumpyArchive arrays = Arrays;
            string prefix = Alpha > 0 ? "ubm_" : "init_";
            int dimension = arrays.Shape(prefix + "means")[1];
            return new GaussianMixture(
                new CovarianceStructure(Covariance, dimension), arrays[prefix + "weights"], arrays[prefix + "means"],
                Stored(arrays[prefix + "covariances"], dimension));
        }
    }

    /// <summary>The path of a file of the case's folder.</summary>
    public string PathOf(string file) => TestData.Path("weights", Folder, file);

    /// <summary>The weighted training rows.</summary>
    public IVectorSource Rows(string? weights = null) =>
        Vectors("x_train.npy").WithRowWeights(NumpyArchive.LoadArray(PathOf(weights ?? RowWeights)).Values);

    /// <summary>The rows of a vector file.</summary>
    public IVectorSource Vectors(string file)
    {
        (double[] values, int[] shape) = NumpyArchive.LoadArray(PathOf(file));
        return VectorSource.From((ReadOnlyMemory<double>)values, shape[1]);
    }

    /// <summary>What differs from the answer: a line for each kind of number; none if all agree.</summary>
    public IReadOnlyList<string> Deviations(GaussianMixture model, double logLikelihood, double[] logDensities, double tolerance)
    {
        NumpyArchive expected = Arrays;

        // A log-likelihood is proportional to the weights, which may be tiny.
        double[] total = expected["total_log_likelihood_before_last_update"];
        return
        [
            .. Deviations("weights", expected["weights"], model.Weights.Span, 1e-5, tolerance),
            .. Deviations("means", expected["means"], model.Means.Span, 1, tolerance),
            .. Deviations("covariances", Stored(expected["covariances"], model.Dimension), model.Covariances.Span, 1e-3, tolerance),
            .. Deviations("log-likelihood", total, [logLikelihood], Math.Abs(total[0]), tolerance),
            .. Deviations("log-densities", expected["log_prob_test"], logDensities, 1, tolerance),
        ];
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Folder}/{Name}";

    private static IEnumerable<string> Deviations(
        string what, ReadOnlySpan<double> expected, ReadOnlySpan<double> actual, double scale, double tolerance)
    {
        double error = Near.RelativeError(expected, actual, scale);
        return error <= tolerance ? [] : [$"{what}: relative error {error:E2}, allowed {tolerance:E2}"];
    }

    private double[] Stored(double[] covariances, int dimension) => Covariance == CovarianceKind.Full ? covariances
        : [.. Enumerable.Range(0, covariances.Length / dimension).Select(i => covariances[(i * dimension) + (i % dimension)])];

    private static IEnumerable<WeightCase> Load(string folder)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(TestData.Path("weights", folder, "cases.json")));
        foreach (JsonElement item in document.RootElement.GetProperty("cases").EnumerateArray())
        {
            yield return new WeightCase(
                folder,
                item.GetProperty("case").GetString()!,
                item.GetProperty("covariance").GetString() == "full" ? CovarianceKind.Full : CovarianceKind.Diagonal,
                item.GetProperty("iterations").GetInt32(),
                item.GetProperty("alpha").GetDouble(),
                item.GetProperty("row_weights").GetString()!);
        }
    }
}

using System.Text.Json;

namespace GmmNative.TestSupport;

/// <summary>
/// A case of EM over rows with missing values, computed in 80-bit arithmetic: a starting model, and what must come out.
/// </summary>
public sealed record MissingCase(string Folder, string Name, CovarianceKind Covariance, int[] BlockSizes, int Iterations, bool IsConverged)
{
    /// <summary>All cases.</summary>
    public static IReadOnlyList<MissingCase> All { get; } = [.. Load("d4k2_20"), .. Load("d3k3_35_empty")];

    /// <summary>The case of a name such as <c>d4k2_20/full_5</c>.</summary>
    public static MissingCase Find(string name) => All.Single(c => c.ToString() == name);

    /// <summary>The allowed relative error: EM multiplies the rounding of each iteration by the slowness of its convergence.</summary>
    public double Tolerance => Iterations > 5 ? 1e-6 : 1e-8;

    /// <summary>The arrays of the case: starting model and answers.</summary>
    public NumpyArchive Arrays => NumpyArchive.Load(TestData.Path("missing", Folder, Name + ".npz"));

    /// <summary>The model that the case starts from.</summary>
    public GaussianMixture Start => Model("init_");

    /// <summary>The model that the case ends with.</summary>
    public GaussianMixture Answer => Model("");

    /// <summary>The training rows.</summary>
    public IVectorSource Rows => Vectors("x_train.npy");

    /// <summary>The rows that are scored.</summary>
    public IVectorSource TestRows => Vectors("x_test.npy");

    /// <summary>What differs from the answer: a line for each kind of number; none if all agree.</summary>
    public IReadOnlyList<string> Deviations(GaussianMixture model, double logLikelihood, double tolerance)
    {
        NumpyArchive expected = Arrays;
        return
        [
            .. Deviations("weights", expected["weights"], model.Weights.Span, 1e-5, tolerance),
            .. Deviations("means", expected["means"], model.Means.Span, 1, tolerance),
            .. Deviations("covariances", Stored(expected["covariances"], model.Dimension), model.Covariances.Span, 1e-3, tolerance),
            .. Deviations("log-likelihood", expected["total_log_likelihood_before_last_update"], [logLikelihood], 1, tolerance),
        ];
    }

    /// <summary>What differs from the answer in the results for the test rows.</summary>
    public IReadOnlyList<string> TestDeviations(double[] logDensities, double[,] posteriors, double[,] imputed, double tolerance)
    {
        NumpyArchive expected = Arrays;
        return
        [
            .. Deviations("log-densities", expected["log_prob_test"], logDensities, 1, tolerance),
            .. Deviations("posteriors", expected["posterior_test"], [.. posteriors.Cast<double>()], 1e-3, tolerance),
            .. Deviations("imputed values", expected["imputed_test"], [.. imputed.Cast<double>()], 1, tolerance),
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

    private static IEnumerable<MissingCase> Load(string folder)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(TestData.Path("missing", folder, "cases.json")));
        foreach (JsonElement item in document.RootElement.GetProperty("cases").EnumerateArray())
        {
            yield return new MissingCase(
                folder,
                item.GetProperty("case").GetString()!,
                item.GetProperty("structure").GetString() == "spherical" ? CovarianceKind.Spherical
                    : item.GetProperty("covariance").GetString() == "full" ? CovarianceKind.Full : CovarianceKind.Diagonal,
                [.. item.GetProperty("block_size").EnumerateArray().Select(size => size.GetInt32())],
                item.GetProperty("iterations_run").GetInt32(),
                item.GetProperty("iterations").GetInt32() < 0);
        }
    }

    private GaussianMixture Model(string prefix)
    {
        NumpyArchive arrays = Arrays;
        int dimension = arrays.Shape(prefix + "means")[1];
        CovarianceStructure structure = new(Covariance, dimension, Covariance == CovarianceKind.Spherical ? null : BlockSizes);
        return new GaussianMixture(
            structure, arrays[prefix + "weights"], arrays[prefix + "means"], Stored(arrays[prefix + "covariances"], dimension));
    }

    private IVectorSource Vectors(string file)
    {
        (double[] values, int[] shape) = NumpyArchive.LoadArray(TestData.Path("missing", Folder, file));
        return VectorSource.From((ReadOnlyMemory<double>)values, shape[1]).WithMissingValues(MissingValues.Marginalize);
    }

    /// <summary>Returns the numbers that a model of the structure stores, of covariances that may be D x D.</summary>
    private double[] Stored(double[] covariances, int dimension)
    {
        CovarianceStructure structure = new(Covariance, dimension, Covariance == CovarianceKind.Spherical ? null : BlockSizes);
        int components = Arrays["weights"].Length;
        if (covariances.Length == components * structure.CovarianceSize)
        {
            return covariances;
        }

        int step = structure.CovarianceSize == 1 ? dimension : 1;
        return [.. Enumerable.Range(0, components * dimension)
            .Where(i => i % step == 0)
            .Select(i => covariances.Length == components * dimension
                ? covariances[i]
                : covariances[(i * dimension) + (i % dimension)])];
    }
}

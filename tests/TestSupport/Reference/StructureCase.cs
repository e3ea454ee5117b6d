using System.Text.Json;

namespace GmmNative.TestSupport;

/// <summary>A case of EM with one of the six structures: a start, a number of iterations, and what must come out.</summary>
public sealed record StructureCase(string Folder, string Name, string Structure, int Iterations, int IterationsRun, int Parameters)
{
    /// <summary>All cases.</summary>
    public static IReadOnlyList<StructureCase> All { get; } = [.. Load("d1k2"), .. Load("d2k4"), .. Load("d3k3")];

    /// <summary>The case of a name such as <c>d3k3/tied-full_5</c>.</summary>
    public static StructureCase Find(string name) => All.Single(c => c.ToString() == name);

    /// <summary>
    /// The relative error that is allowed. Many iterations multiply the rounding of each by the slowness of EM's convergence.
    /// </summary>
    public double Tolerance => Iterations is 1 or 5 ? 1e-8 : 1e-6;

    /// <summary>The kind of covariances.</summary>
    public CovarianceKind Kind => Structure switch
    {
        "full" => CovarianceKind.Full,
        "diag" => CovarianceKind.Diagonal,
        "spherical" => CovarianceKind.Spherical,
        "tied-full" => CovarianceKind.Tied,
        "tied-diag" => CovarianceKind.TiedDiagonal,
        "tied-spherical" => CovarianceKind.TiedSpherical,
        _ => throw new InvalidDataException($"No kind of covariances is called {Structure}."),
    };

    /// <summary>The arrays of the case: the start and the answers.</summary>
    public NumpyArchive Arrays => NumpyArchive.Load(TestData.Path("structures", Folder, Name + ".npz"));

    /// <summary>A vector file of the case's folder.</summary>
    public (double[] Values, int Dimension) Vectors(string file)
    {
        (double[] values, int[] shape) = NumpyArchive.LoadArray(TestData.Path("structures", Folder, file));
        return (values, shape[1]);
    }

    /// <summary>The model that the case starts from, whose covariances may be of another structure.</summary>
    public GaussianMixture Start(int dimension) => Model("init_", dimension);

    /// <summary>A model among the case's arrays, which hold every covariance as a D x D matrix.</summary>
    public GaussianMixture Model(string prefix, int dimension)
    {
        NumpyArchive arrays = Arrays;
        GaussianMixture full = new(
            new CovarianceStructure(CovarianceKind.Full, dimension), arrays[prefix + "weights"], arrays[prefix + "means"],
            arrays[prefix + "covariances"]);
        return full.WithStructure(new CovarianceStructure(Kind, dimension));
    }

    /// <summary>What differs from an answer: one line, or none.</summary>
    /// <param name="what">What is compared.</param>
    /// <param name="expected">The answer.</param>
    /// <param name="actual">Ours.</param>
    /// <param name="scale">Values smaller than this may be wrong by <see cref="Tolerance"/> of it.</param>
    public IReadOnlyList<string> Deviations(string what, ReadOnlySpan<double> expected, ReadOnlySpan<double> actual, double scale)
    {
        double error = Near.RelativeError(expected, actual, scale);
        return error <= Tolerance ? [] : [$"{what}: relative error {error:E2}, allowed {Tolerance:E2}"];
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Folder}/{Name}";

    private static IEnumerable<StructureCase> Load(string folder)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(TestData.Path("structures", folder, "cases.json")));
        foreach (JsonElement item in document.RootElement.GetProperty("cases").EnumerateArray())
        {
            yield return new StructureCase(
                folder,
                item.GetProperty("case").GetString()!,
                item.GetProperty("structure").GetString()!,
                item.GetProperty("iterations").GetInt32(),
                item.GetProperty("iterations_run").GetInt32(),
                item.GetProperty("n_parameters").GetInt32());
        }
    }
}

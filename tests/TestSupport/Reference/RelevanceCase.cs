using System.Text.Json;

namespace GmmNative.TestSupport;

/// <summary>One case of adaptation with a relevance factor: a background model, one pass over rows, and what must come out.</summary>
public sealed record RelevanceCase(
    string Folder, string Name, CovarianceKind Covariance, int[] BlockSizes, double Relevance, MixtureParameters Adapted)
{
    /// <summary>All cases.</summary>
    public static IReadOnlyList<RelevanceCase> All { get; } = [.. Load("d3k4"), .. Load("bob")];

    /// <summary>The arrays of the case: the background model and the answers.</summary>
    public NumpyArchive Arrays => NumpyArchive.Load(TestData.Path("relevance", Folder, Name + ".npz"));

    /// <summary>The path of the rows.</summary>
    public string RowsPath => TestData.Path("relevance", Folder, "x_adapt.npy");

    /// <summary>The structure of the case's covariances.</summary>
    public CovarianceStructure Structure => new(Covariance, BlockSizes.Sum(), BlockSizes);

    /// <summary>The background model.</summary>
    public GaussianMixture Ubm => Model("ubm_");

    /// <summary>The model that one pass must give.</summary>
    public GaussianMixture Expected => Model("");

    /// <summary>The case of a name such as <c>bob/diag_r4_wmv</c>.</summary>
    public static RelevanceCase Find(string name) => All.Single(c => c.ToString() == name);

    /// <inheritdoc/>
    public override string ToString() => $"{Folder}/{Name}";

    private GaussianMixture Model(string prefix)
    {
        NumpyArchive arrays = Arrays;
        double[] covariances = arrays[$"{prefix}covariances"];
        CovarianceStructure structure = Structure;
        int dimension = structure.Dimension;
        if (structure.IsDiagonalStorage && arrays.Shape($"{prefix}covariances").Length == 3)
        {
            covariances = [.. covariances.Where((_, i) => i / dimension % dimension == i % dimension)];
        }

        return new GaussianMixture(structure, arrays[$"{prefix}weights"], arrays[$"{prefix}means"], covariances);
    }

    private static IEnumerable<RelevanceCase> Load(string folder)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(TestData.Path("relevance", folder, "cases.json")));
        foreach (JsonElement item in document.RootElement.GetProperty("cases").EnumerateArray())
        {
            yield return new RelevanceCase(
                folder,
                item.GetProperty("case").GetString()!,
                item.GetProperty("covariance").GetString() == "full" ? CovarianceKind.Full : CovarianceKind.Diagonal,
                [.. item.GetProperty("block_size").EnumerateArray().Select(size => size.GetInt32())],
                item.GetProperty("relevance").GetDouble(),
                item.GetProperty("adapt").EnumerateArray().Select(kind => kind.GetString() switch
                {
                    "weights" => MixtureParameters.Weights,
                    "means" => MixtureParameters.Means,
                    _ => MixtureParameters.Covariances,
                }).Aggregate((all, kind) => all | kind));
        }
    }
}

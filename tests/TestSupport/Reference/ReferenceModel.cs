using System.Text.Json;

namespace GmmNative.TestSupport;

/// <summary>Models of reference cases, whose archives hold every covariance as a D x D matrix.</summary>
internal static class ReferenceModel
{
    /// <summary>The model of an archive, with the structure that its case names.</summary>
    public static GaussianMixture Of(NumpyArchive arrays, JsonElement item)
    {
        int dimension = arrays.Shape("means")[1];
        CovarianceKind kind = item.GetProperty("covariance").GetString() == "full" ? CovarianceKind.Full : CovarianceKind.Diagonal;
        int[] sizes = [.. item.GetProperty("block_size").EnumerateArray().Select(size => size.GetInt32())];
        GaussianMixture full = new(
            new CovarianceStructure(CovarianceKind.Full, dimension), arrays["weights"], arrays["means"], arrays["covariances"]);
        return full.WithStructure(new CovarianceStructure(kind, dimension, sizes));
    }
}

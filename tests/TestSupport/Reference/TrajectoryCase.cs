using System.Text.Json;

namespace GmmNative.TestSupport;

/// <summary>A joint model and a sequence that SPTK 4's vc converted.</summary>
public sealed record TrajectoryCase(
    string Folder, string Name, GaussianMixture Model, IReadOnlyList<double[]> Windows, double? Gap, NumpyArchive Arrays)
{
    /// <summary>All cases.</summary>
    public static IReadOnlyList<TrajectoryCase> All { get; } = [.. Load("n3l3k4_151")];

    /// <summary>The number of given coordinates.</summary>
    public int Given => Arrays.Shape("source")[1];

    /// <summary>The rows of given coordinates.</summary>
    public IVectorSource Source => VectorSource.From((ReadOnlyMemory<double>)Arrays["source"], Given);

    /// <inheritdoc/>
    public override string ToString() => $"{Folder}/{Name}";

    private static IEnumerable<TrajectoryCase> Load(string folder)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(TestData.Path("vc", folder, "cases.json")));
        foreach (JsonElement item in document.RootElement.GetProperty("cases").EnumerateArray())
        {
            string name = item.GetProperty("case").GetString()!;
            NumpyArchive arrays = NumpyArchive.Load(TestData.Path("vc", folder, name + ".npz"));
            JsonElement magic = item.GetProperty("magic");
            yield return new TrajectoryCase(
                folder,
                name,
                ReferenceModel.Of(arrays, item),
                [.. item.GetProperty("windows").EnumerateArray().Select(
                    window => window.EnumerateArray().Select(h => h.GetDouble()).ToArray())],
                magic.ValueKind == JsonValueKind.Null ? null : magic.GetDouble(),
                arrays);
        }
    }
}

using System.Text.Json;

namespace GmmNative.TestSupport;

/// <summary>A joint model, rows of given coordinates, and the marginal and conditional mixtures in 50-digit arithmetic.</summary>
public sealed record ConditionalCase(string Folder, string Name, GaussianMixture Model, int[] Given, int[] Targets, NumpyArchive Arrays)
{
    /// <summary>All cases.</summary>
    public static IReadOnlyList<ConditionalCase> All { get; } = [.. Load("d4k3")];

    /// <summary>The number of rows.</summary>
    public int Rows => Arrays.Shape("given")[0];

    /// <summary>The given coordinates of a row.</summary>
    public double[] Row(int row) => Slice("given", row);

    /// <summary>The part of an array that belongs to one index of its first axis.</summary>
    public double[] Slice(string array, int index)
    {
        int length = Arrays[array].Length / Arrays.Shape(array)[0];
        return Arrays[array][(index * length)..((index + 1) * length)];
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Folder}/{Name}";

    private static IEnumerable<ConditionalCase> Load(string folder)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(TestData.Path("conditional", folder, "cases.json")));
        foreach (JsonElement item in document.RootElement.GetProperty("cases").EnumerateArray())
        {
            string name = item.GetProperty("case").GetString()!;
            NumpyArchive arrays = NumpyArchive.Load(TestData.Path("conditional", folder, name + ".npz"));
            yield return new ConditionalCase(
                folder,
                name,
                ReferenceModel.Of(arrays, item),
                [.. item.GetProperty("given_coordinates").EnumerateArray().Select(c => c.GetInt32())],
                [.. item.GetProperty("target_coordinates").EnumerateArray().Select(c => c.GetInt32())],
                arrays);
        }
    }
}

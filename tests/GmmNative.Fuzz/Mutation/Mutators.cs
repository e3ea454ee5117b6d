using GmmNative.TestSupport;

namespace GmmNative.Fuzz;

/// <summary>Which mutator is for which reader.</summary>
internal static class Mutators
{
    /// <summary>The mutator for a reader.</summary>
    public static IMutator For(ReaderTarget target) => target.Name switch
    {
        "npy" => new NpyMutator(),
        "npz" => new ZipMutator(),
        "json" => new JsonMutator(),
        "csv" => new TextMutator(),
        "gz" => new GzipMutator(),
        "gmm" or "raw" => new NumbersMutator(),
        _ => new ByteMutator(),
    };
}

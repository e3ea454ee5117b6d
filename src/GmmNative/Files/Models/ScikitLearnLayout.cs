namespace GmmNative.Files.Models;

/// <summary>The names of the arrays of <c>.sklearn.npz</c>: the attributes of a fitted scikit-learn estimator.</summary>
internal static class ScikitLearnLayout
{
    /// <summary>The character that ends the names of fitted attributes.</summary>
    public const string Mark = "_";

    /// <summary>The name of the column names.</summary>
    public const string Columns = "feature_names_in_";

    /// <summary>Returns what follows the names of arrays: <see cref="Mark"/> if only <c>weights_</c> exists, otherwise nothing.</summary>
    public static string MarkOf(NpzArchive archive) =>
        !archive.Has(ModelLayout.Weights) && archive.Has(ModelLayout.Weights + Mark) ? Mark : "";
}

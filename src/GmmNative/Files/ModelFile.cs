namespace GmmNative;

/// <summary>Reads and writes models; the extension tells the format: .npz, .json or .gmm.</summary>
public static class ModelFile
{
    /// <summary>Reads a model.</summary>
    public static GaussianMixture Load(string path, int? dimension = null, int? componentCount = null) => throw new NotSupportedException();

    /// <summary>Writes a model, beside and renamed.</summary>
    public static void Save(GaussianMixture model, string path) => throw new NotSupportedException();
}

namespace GmmNative;

/// <summary>The formats of model files. <see cref="ModelFile"/> describes them.</summary>
/// <example>
/// <code>
/// GaussianMixture model = ModelFile.Load("model.gmm", dimension: 2, componentCount: 2);
/// byte[] json = ModelFile.Save(model, ModelFileFormat.Json);
/// </code>
/// </example>
public enum ModelFileFormat
{
    /// <summary>NumPy arrays in a zip archive, <c>.npz</c>.</summary>
    Npz = 0,

    /// <summary>JSON, <c>.json</c>.</summary>
    Json = 1,

    /// <summary>SPTK's raw numbers, <c>.gmm</c>, which specify neither D nor K nor the block sizes.</summary>
    Sptk = 2,

    /// <summary>
    /// The attributes of scikit-learn's <c>GaussianMixture</c> or <c>BayesianGaussianMixture</c> in a zip archive, <c>.sklearn.npz</c>.
    /// </summary>
    ScikitLearn = 3,
}

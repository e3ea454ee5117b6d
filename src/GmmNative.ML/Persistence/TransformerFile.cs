using GmmNative.ML;
using GmmNative.ML.Persistence;
using Microsoft.ML;
using Microsoft.ML.Runtime;

[assembly: LoadableClass(
    TransformerFile.Summary, typeof(GaussianMixtureTransformer), typeof(TransformerFile), null, typeof(SignatureLoadModel),
    TransformerFile.UserName, TransformerFile.Signature)]

namespace GmmNative.ML.Persistence;

/// <summary>Saves and loads transformers within ML.NET's model files. ML.NET finds this class by the attribute above.</summary>
/// <remarks>
/// The layout, version 0x00010001: five names (the features, then the added columns in their order), the length of the model in bytes
/// (Int32), and the model as a .npz file.
/// </remarks>
internal static class TransformerFile
{
    public const string Summary = "Adds labels, distances, posteriors and log-densities of a Gaussian mixture.";
    public const string UserName = "Gaussian Mixture Transform";
    public const string Signature = "GaussianMixture";

    private const string ModelSignature = "GMMNATIV";
    private const uint Version = 0x00010001;

    public static void Save(GaussianMixtureTransformer transformer, ModelSaveContext context)
    {
        context.CheckAtModel();
        context.SetVersionInfo(VersionInfo());
        foreach (string name in (string[])[transformer.FeatureColumnName, .. transformer.Columns.Names])
        {
            context.SaveNonEmptyString(name);
        }

        byte[] model = ModelFile.Save(transformer.Model, ModelFileFormat.Npz);
        context.Writer.Write(model.Length);
        context.Writer.Write(model);
    }

    /// <summary>Called by ML.NET.</summary>
    private static GaussianMixtureTransformer Create(IHostEnvironment environment, ModelLoadContext context)
    {
        ArgumentNullException.ThrowIfNull(environment);
        context.CheckAtModel(VersionInfo());
        string features = context.LoadNonEmptyString();
        GaussianMixtureColumns columns = new()
        {
            PredictedLabel = context.LoadNonEmptyString(),
            Score = context.LoadNonEmptyString(),
            Posterior = context.LoadNonEmptyString(),
            LogDensity = context.LoadNonEmptyString(),
        };
        int length = context.Reader.ReadInt32();
        byte[] model = length < 0 ? [] : context.Reader.ReadBytes(length);
        return model.Length == length
            ? new GaussianMixtureTransformer(ModelFile.Load(model, ModelFileFormat.Npz), features, columns)
            : throw new ModelFileException("The Gaussian mixture in the ML.NET model is incomplete: save the model again.");
    }

    private static VersionInfo VersionInfo() => new(
        ModelSignature, Version, Version, Version, typeof(TransformerFile).Assembly.GetName().Name!, Signature);
}

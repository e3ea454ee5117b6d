using System.Text;
using GmmNative.Tests.Support;
using Xunit;

namespace GmmNative.Tests.Files;

/// <summary>The criteria of a model in its file.</summary>
public sealed class CriteriaFileTests
{
    private const string Numbers = "\"logLikelihood\": -5.5, \"parameters\": 4, \"aic\": 19, \"bic\": 20, \"icl\": 21";

    [Theory]
    [InlineData(ModelFileFormat.Npz, "diagonal")]
    [InlineData(ModelFileFormat.Json, "diagonal")]
    [InlineData(ModelFileFormat.Npz, "tied")]
    [InlineData(ModelFileFormat.Json, "tied")]
    public void Save_ModelWithCriteria_LoadsTheSameNumbers(ModelFileFormat format, string structure)
    {
        double[,] rows = { { 1.0, 2.1 }, { 0.9, 1.8 }, { 1.2, 2.0 }, { 8.1, 9.0 }, { 8.4, 8.8 }, { 7.9, 9.3 } };
        GmmOptions options = new()
        {
            Covariance = new() { Kind = Structures.Make(structure, 2).Kind },
            ComputeCriteria = true,
        };
        GmmFitResult result = new GaussianMixtureTrainer(1, options).Fit(rows);
        Assert.Equal(result.Criteria, result.Model.TrainingCriteria);
        GaussianMixture loaded = RoundTrip(result.Model, format);
        Assert.Equal(result.Criteria, loaded.TrainingCriteria);
        Assert.Equal(result.Criteria, loaded.WithColumns(["a", "b"]).TrainingCriteria);

        // A derived model has other criteria.
        Assert.Null(loaded.Marginal(1).TrainingCriteria);
        GaussianMixture plain = new GaussianMixtureTrainer(1, options with { ComputeCriteria = false }).Fit(rows).Model;
        Assert.Null(RoundTrip(plain, format).TrainingCriteria);
    }

    [Theory]
    [InlineData("{" + Numbers + "}", -5.5)]
    [InlineData("{\"other\": [1, {}], " + Numbers + "}", -5.5)]
    [InlineData("null", null)]
    public void Load_JsonCriteria_AreRead(string criteria, double? logLikelihood) =>
        Assert.Equal(logLikelihood, Load(criteria).TrainingCriteria?.LogLikelihood);

    [Theory]
    [InlineData("5")]
    [InlineData("[1, 2, 3, 4, 5]")]
    [InlineData("{}")]
    [InlineData("{\"logLikelihood\": \"x\"}")]
    [InlineData("{\"logLikelihood\": -5.5, \"parameters\": 4, \"aic\": 19, \"bic\": 20}")]
    [InlineData("{\"logLikelihood\": -5.5, \"parameters\": 4.5, \"aic\": 19, \"bic\": 20, \"icl\": 21}")]
    [InlineData("{\"logLikelihood\": -5.5, \"parameters\": 0, \"aic\": 19, \"bic\": 20, \"icl\": 21}")]
    [InlineData("{\"logLikelihood\": 1e999, \"parameters\": 4, \"aic\": 19, \"bic\": 20, \"icl\": 21}")]
    public void Load_DamagedCriteria_IsAnError(string criteria)
    {
        ModelFileException error = Assert.Throws<ModelFileException>(() => Load(criteria));
        Assert.Contains("'criteria' does not consist of five finite numbers", error.Message, StringComparison.Ordinal);
    }

    private static GaussianMixture RoundTrip(GaussianMixture model, ModelFileFormat format)
    {
        using MemoryStream stream = new();
        ModelFile.Save(model, stream, format);
        stream.Position = 0;
        return ModelFile.Load(stream, format);
    }

    private static GaussianMixture Load(string criteria)
    {
        const string Model = "\"weights\": [1], \"means\": [[0]], \"covariances\": [[1]], \"covariance_type\": \"diag\"";
        string text = $"{{{Model}, \"criteria\": {criteria}}}";
        using MemoryStream stream = new(Encoding.UTF8.GetBytes(text));
        return ModelFile.Load(stream, ModelFileFormat.Json);
    }
}

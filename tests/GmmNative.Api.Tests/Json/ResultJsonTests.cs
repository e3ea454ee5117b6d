using System.Text.Json;
using GmmNative.Api.Tests.Support;
using Xunit;

namespace GmmNative.Api.Tests.Json;

/// <summary>Results as JSON: all values are written, and only numbers that JSON supports.</summary>
public sealed class ResultJsonTests
{
    public static TheoryData<string> Options => ["default", "web", "generated"];

    [Theory]
    [MemberData(nameof(Options))]
    public void Serialize_Result_HasEverythingAndNoNaN(string name)
    {
        JsonSerializerOptions options = OptionsOf(name);
        string json = JsonSerializer.Serialize(Samples.Result, options);
        Assert.DoesNotContain("NaN", json, StringComparison.Ordinal);
        JsonElement result = JsonElement.Parse(json);
        Assert.Equal(Samples.Result.TotalLogLikelihood, result.GetProperty(Name("TotalLogLikelihood")).GetDouble());
        Assert.Equal(Samples.Result.StopReason.ToString(), result.GetProperty(Name("StopReason")).GetString());
        Assert.Equal(Samples.Result.RowCount, result.GetProperty(Name("Posterior")).GetArrayLength());
        Assert.Equal(2, result.GetProperty(Name("Posterior"))[0].GetArrayLength());
        Assert.Equal(2, result.GetProperty(Name("Model")).GetProperty("weights").GetArrayLength());
        JsonElement iteration = result.GetProperty(Name("History"))[0];
        Assert.Equal(Samples.Result.History[0].AverageLogLikelihood, iteration.GetProperty(Name("AverageLogLikelihood")).GetDouble());
        Assert.Equal(JsonValueKind.Null, iteration.GetProperty(Name("AverageDistance")).ValueKind);
        Assert.Equal("Em", iteration.GetProperty(Name("Phase")).GetString());
        Assert.False(iteration.TryGetProperty(Name("Model"), out _));
        Assert.Equal(Samples.Result.Diagnostics.Backend, result.GetProperty(Name("Diagnostics")).GetProperty(Name("Backend")).GetString());

        string Name(string property) => options.PropertyNamingPolicy?.ConvertName(property) ?? property;
    }

    [Theory]
    [MemberData(nameof(Options))]
    public void Deserialize_Result_IsTheSame(string name)
    {
        JsonSerializerOptions options = OptionsOf(name);
        GmmFitResult again = JsonSerializer.Deserialize<GmmFitResult>(JsonSerializer.Serialize(Samples.Result, options), options)!;
        Assert.Equal(Samples.Result.Posterior, again.Posterior);
        Assert.Equal(Samples.Result.History, again.History);
        Assert.Equal(Samples.Result.TotalLogLikelihood, again.TotalLogLikelihood);
        Assert.Equal(Samples.Result.EmTime, again.EmTime);
        Assert.Equal(Samples.Result.Diagnostics.Warnings, again.Diagnostics.Warnings);
    }

    [Theory]
    [MemberData(nameof(Options))]
    public void Serialize_Transform_WritesMinusInfinityAsNull(string name)
    {
        JsonSerializerOptions options = OptionsOf(name);
        TransformResult result = new(new double[,] { { 1 }, { double.NaN } }, [0, 1], [-1.5, double.NegativeInfinity]);
        TransformResult again = JsonSerializer.Deserialize<TransformResult>(JsonSerializer.Serialize(result, options), options)!;
        Assert.Equal([0, 1], again.Labels);
        Assert.Equal([-1.5, double.NaN], again.LogDensities);
        Assert.Equal(new double[,] { { 1 }, { double.NaN } }, again.Converted);
        Assert.Null(JsonSerializer.Deserialize<TransformResult>(JsonSerializer.Serialize(result with { Converted = null }))!.Converted);
    }

    [Theory]
    [MemberData(nameof(Options))]
    public void Serialize_Divergence_WritesInfinityAsNull(string name)
    {
        JsonSerializerOptions options = OptionsOf(name);
        string json = JsonSerializer.Serialize(new MixtureDivergence(0.5, 0.25, double.PositiveInfinity, double.NaN, 100), options);
        MixtureDivergence again = JsonSerializer.Deserialize<MixtureDivergence>(json, options)!;
        Assert.Equal(new MixtureDivergence(0.5, 0.25, double.NaN, double.NaN, 100), again);
    }

    [Theory]
    [InlineData("[[1,2],[3]]")]
    [InlineData("[1,2]")]
    [InlineData("{}")]
    [InlineData("[[\"x\"]]")]
    public void Deserialize_NoMatrix_IsAJsonException(string json)
    {
        JsonSerializerOptions options = new() { Converters = { new MatrixJsonConverter() } };
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<double[,]>(json, options));
    }

    private static JsonSerializerOptions OptionsOf(string name) => name switch
    {
        "web" => JsonSerializerOptions.Web,
        "generated" => new JsonSerializerOptions { TypeInfoResolver = GmmJsonContext.Default },
        _ => JsonSerializerOptions.Default,
    };
}

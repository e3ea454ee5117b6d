using System.Text;
using System.Text.Json;
using GmmNative.Api.Tests.Support;
using Xunit;

namespace GmmNative.Api.Tests.Json;

/// <summary>Models as JSON: the format of a model file for any serializer options, and the same bits after reading.</summary>
public sealed class ModelJsonTests
{
    private static readonly GaussianMixture Named = Samples.Model.WithColumns(["a \"b\" \\", "{ }", "\u00e9"]);

    private static readonly JsonSerializerOptions SmallPieces =
        new() { DefaultBufferSize = 16, ReadCommentHandling = JsonCommentHandling.Skip };

    public static TheoryData<string> Options => ["default", "web", "indented", "generated"];

    [Theory]
    [MemberData(nameof(Options))]
    public void Serialize_Model_ReadsBackToTheSameBits(string name)
    {
        JsonSerializerOptions options = OptionsOf(name);
        string json = JsonSerializer.Serialize(Named, options);
        GaussianMixture again = JsonSerializer.Deserialize<GaussianMixture>(json, options)!;
        Assert.Equal(Named.Weights.ToArray(), again.Weights.ToArray());
        Assert.Equal(Named.Means.ToArray(), again.Means.ToArray());
        Assert.Equal(Named.Covariances.ToArray(), again.Covariances.ToArray());
        Assert.Equal(Named.Structure, again.Structure);
        Assert.Equal(Named.Columns, again.Columns);
    }

    [Theory]
    [MemberData(nameof(Options))]
    public void Serialize_Model_IsTheModelFile(string name)
    {
        byte[] file = ModelFile.Save(Named, ModelFileFormat.Json);
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(Named, OptionsOf(name));
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(file), JsonElement.Parse(json)));
        Assert.Equal(Named.Means.ToArray(), ModelFile.Load(json).Means.ToArray());
    }

    [Fact]
    public void Serialize_NotIndented_IsOneLine() => Assert.DoesNotContain('\n', JsonSerializer.Serialize(Named));

    [Fact]
    public void Deserialize_NullAndNested_Works()
    {
        Assert.Null(JsonSerializer.Deserialize<GaussianMixture>("null"));
        string json = JsonSerializer.Serialize(new Dictionary<string, GaussianMixture?> { ["x"] = Named, ["none"] = null });
        Dictionary<string, GaussianMixture?> again = JsonSerializer.Deserialize<Dictionary<string, GaussianMixture?>>(json)!;
        Assert.Equal(Named.Means.ToArray(), again["x"]!.Means.ToArray());
        Assert.Null(again["none"]);
    }

    [Fact]
    public async Task Deserialize_StreamInSmallPieces_Works()
    {
        string json = JsonSerializer.Serialize(Named).Replace("\"weights\"", "/* a comment */ \"weights\"", StringComparison.Ordinal);
        using MemoryStream stream = new(Encoding.UTF8.GetBytes(json));
        GaussianMixture? again = await JsonSerializer.DeserializeAsync<GaussianMixture>(
            stream, SmallPieces, TestContext.Current.CancellationToken);
        Assert.Equal(Named.Means.ToArray(), again!.Means.ToArray());
        Assert.Equal(Named.Columns, again.Columns);
    }

    [Theory]
    [InlineData("{}", "it does not contain \"weights\"")]
    [InlineData("[]", "it does not contain a JSON object")]
    [InlineData("17", "it does not contain a JSON object")]
    [InlineData("\"x\"", "it does not contain a JSON object")]
    [InlineData("{\"weights\":[2],\"means\":[[1]],\"covariances\":[[1]]}", "sum to")]
    [InlineData("{\"weights\":[1],\"means\":[[1]],\"covariances\":[[-1]]}", "variance")]
    [InlineData("{\"weights\":[1],\"weights\":[1],\"means\":[[1]],\"covariances\":[[1]]}", "twice")]
    [InlineData("{\"weights\":[1],\"means\":[[1,2],[3]],\"covariances\":[[1]]}", "means")]
    public void Deserialize_NoModel_IsAJsonException(string json, string message)
    {
        JsonException e = Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<GaussianMixture>(json));
        Assert.Contains(message, e.Message, StringComparison.Ordinal);
    }

    private static JsonSerializerOptions OptionsOf(string name) => name switch
    {
        "web" => JsonSerializerOptions.Web,
        "indented" => new JsonSerializerOptions { WriteIndented = true },
        "generated" => new JsonSerializerOptions { TypeInfoResolver = GmmJsonContext.Default },
        _ => JsonSerializerOptions.Default,
    };
}

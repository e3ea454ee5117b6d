using System.Text.Json;
using System.Text.Json.Serialization;
using GmmNative.Files;
using GmmNative.Files.Json;
using GmmNative.Files.Models;

namespace GmmNative;

/// <summary>
/// Converts a model to and from JSON in the format of a <c>.json</c> model file, for any serializer options. An attribute of
/// <see cref="GaussianMixture"/> names this converter, so it need not be registered.
/// </summary>
/// <remarks>
/// Reading performs the same checks as reading a file (<see cref="ModelFile"/>). A value that is not a model gives a
/// <see cref="JsonException"/>. Numbers convert back to the same bits. Thread-safe.
/// </remarks>
/// <example>
/// <code>
/// GaussianMixture model = ModelFile.Load("model.npz");
/// string json = JsonSerializer.Serialize(model);
/// GaussianMixture? again = JsonSerializer.Deserialize&lt;GaussianMixture&gt;(json);
/// </code>
/// </example>
public sealed class GaussianMixtureJsonConverter : JsonConverter<GaussianMixture>
{
    private static readonly JsonModelFormat Format = new();

    /// <inheritdoc/>
    /// <exception cref="JsonException">The value is not a Gaussian mixture. The message describes the problem.</exception>
    public override GaussianMixture Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using MemoryStream text = new();
        JsonText.CopyValue(ref reader, text);
        text.Position = 0;
        try
        {
            return Format.Read(text, default, CancellationToken.None);
        }
        catch (Exception e) when (ReadFailure.Describe(e, "model") is not null)
        {
            throw new JsonException(ReadFailure.Describe(e, "model"), e);
        }
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, GaussianMixture value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(value);
        using MemoryStream text = new();
        Format.Write(text, value);
        Span<byte> bytes = text.GetBuffer().AsSpan(0, (int)text.Length);
        writer.WriteRawValue(writer.Options.Indented ? bytes.TrimEnd((byte)'\n') : JsonText.Compact(bytes), skipInputValidation: true);
    }
}

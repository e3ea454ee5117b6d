using System.Text.Json;
using System.Text.Json.Serialization;
using GmmNative.Files;
using GmmNative.Files.Json;
using GmmNative.Files.Models;

namespace GmmNative;

/// <summary>
/// A model as JSON, in the shape of a <c>.json</c> model file whatever the serializer's options. <see cref="GaussianMixture"/> names it in
/// an
/// attribute, so that nobody need register it.
/// </summary>
/// <remarks>
/// Reading checks what reading a file does (<see cref="ModelFile"/>); what is no model is a <see cref="JsonException"/>. Numbers read back
/// to
/// the same bits. Thread-safe.
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
    /// <exception cref="JsonException">The value is no Gaussian mixture; the message says what is wrong.</exception>
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

using System.Text.Json;
using System.Text.Json.Serialization;

namespace GmmNative;

/// <summary>Converts a number to and from JSON. NaN and infinities are written as <c>null</c>, which is read as NaN.</summary>
/// <example>
/// <code>
/// JsonSerializerOptions options = new() { Converters = { new FiniteNumberJsonConverter() } };
/// string json = JsonSerializer.Serialize(double.NaN, options);   // null
/// </code>
/// </example>
public sealed class FiniteNumberJsonConverter : JsonConverter<double>
{
    /// <inheritdoc/>
    public override bool HandleNull => true;

    /// <inheritdoc/>
    public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Read(ref reader);

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        Write(writer, value);
    }

    internal static double Read(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.Null => double.NaN,
        JsonTokenType.Number => reader.GetDouble(),
        _ => throw new JsonException($"A number was expected, not {reader.TokenType}."),
    };

    internal static void Write(Utf8JsonWriter writer, double value)
    {
        if (double.IsFinite(value))
        {
            writer.WriteNumberValue(value);
        }
        else
        {
            writer.WriteNullValue();
        }
    }
}

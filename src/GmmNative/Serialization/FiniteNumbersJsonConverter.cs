using System.Text.Json;
using System.Text.Json.Serialization;

namespace GmmNative;

/// <summary>Converts numbers to and from a JSON array. NaN and infinities are written as <c>null</c>, which is read as NaN.</summary>
/// <example>
/// <code>
/// JsonSerializerOptions options = new() { Converters = { new FiniteNumbersJsonConverter() } };
/// string json = JsonSerializer.Serialize(new[] { 1.5, double.NegativeInfinity }, options);   // [1.5,null]
/// </code>
/// </example>
public sealed class FiniteNumbersJsonConverter : JsonConverter<double[]>
{
    /// <inheritdoc/>
    public override double[] Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Read(ref reader);

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, double[] value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(value);
        Write(writer, value);
    }

    internal static double[] Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException($"An array of numbers was expected, not {reader.TokenType}.");
        }

        List<double> numbers = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            numbers.Add(FiniteNumberJsonConverter.Read(ref reader));
        }

        return [.. numbers];
    }

    internal static void Write(Utf8JsonWriter writer, ReadOnlySpan<double> numbers)
    {
        writer.WriteStartArray();
        foreach (double number in numbers)
        {
            FiniteNumberJsonConverter.Write(writer, number);
        }

        writer.WriteEndArray();
    }
}

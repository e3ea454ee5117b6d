using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GmmNative;

/// <summary>
/// Converts a matrix to and from a JSON array of its rows, which System.Text.Json does not support. NaN and infinities are written as
/// <c>null</c>, which is read as NaN.
/// </summary>
/// <example>
/// <code>
/// JsonSerializerOptions options = new() { Converters = { new MatrixJsonConverter() } };
/// string json = JsonSerializer.Serialize(new double[,] { { 1, 2 }, { 3, 4 } }, options);   // [[1,2],[3,4]]
/// </code>
/// </example>
public sealed class MatrixJsonConverter : JsonConverter<double[,]>
{
    /// <inheritdoc/>
    /// <exception cref="JsonException">The value is not an array of arrays of numbers of the same length.</exception>
    public override double[,] Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException($"An array of rows was expected, not {reader.TokenType}.");
        }

        List<double[]> rows = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            rows.Add(FiniteNumbersJsonConverter.Read(ref reader));
            if (rows[^1].Length != rows[0].Length)
            {
                throw new JsonException($"Row {rows.Count} has {rows[^1].Length} numbers, but row 1 has {rows[0].Length}.");
            }
        }

        double[,] matrix = new double[rows.Count, rows.Count == 0 ? 0 : rows[0].Length];
        for (int i = 0; i < rows.Count; i++)
        {
            rows[i].CopyTo(RowOf(matrix, i));
        }

        return matrix;
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, double[,] value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(value);
        writer.WriteStartArray();
        for (int i = 0; i < value.GetLength(0); i++)
        {
            FiniteNumbersJsonConverter.Write(writer, RowOf(value, i));
        }

        writer.WriteEndArray();
    }

    private static Span<double> RowOf(double[,] matrix, int row) =>
        matrix.GetLength(1) == 0 ? [] : MemoryMarshal.CreateSpan(ref matrix[row, 0], matrix.GetLength(1));
}

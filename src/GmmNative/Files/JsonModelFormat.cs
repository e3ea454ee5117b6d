using System.Text.Json;

namespace GmmNative.Files;

/// <summary>The <c>.json</c> format: for people and other programs, with numbers that read back to the same bits.</summary>
internal sealed class JsonModelFormat : IModelFormat
{
    // JsonDocument keeps the text in one array.
    private const int LongestText = 1 << 30;

    /// <inheritdoc/>
    public string Extension => ".json";

    /// <inheritdoc/>
    public GaussianMixture Read(Stream stream, ModelRequest request)
    {
        using JsonDocument document = ParseText(stream);
        JsonElement root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new FileProblemException("it holds no JSON object.");
        }

        if (root.TryGetProperty(ModelLayout.FormatVersion, out JsonElement version))
        {
            ModelLayout.CheckVersion(JsonNumbers.ReadInteger(version, ModelLayout.FormatVersion));
        }

        JsonElement weights = Require(root, ModelLayout.Weights);
        JsonElement means = Require(root, ModelLayout.Means);
        JsonElement covariances = Require(root, ModelLayout.Covariances);
        CovarianceKind? kind = root.TryGetProperty(ModelLayout.CovarianceType, out JsonElement text) ? ParseKind(text) : null;
        long[]? blockSizes = root.TryGetProperty(ModelLayout.BlockSize, out JsonElement sizes)
            ? JsonNumbers.ReadIntegers(sizes, ModelLayout.BlockSize)
            : null;

        long[] weightsShape = JsonNumbers.ShapeOf(weights);
        CovarianceStructure structure = ModelLayout.Infer(
            weightsShape, JsonNumbers.ShapeOf(means), JsonNumbers.ShapeOf(covariances), kind, blockSizes);
        request.Check(structure, (int)weightsShape[0]);
        return new GaussianMixture(
            structure,
            JsonNumbers.ReadArray(weights, ModelLayout.Weights),
            JsonNumbers.ReadArray(means, ModelLayout.Means),
            JsonNumbers.ReadArray(covariances, ModelLayout.Covariances));
    }

    /// <inheritdoc/>
    public void Write(Stream stream, GaussianMixture model)
    {
        CovarianceStructure structure = model.Structure;
        int d = model.Dimension;
        ReadOnlySpan<double> covariances = model.Covariances.Span;
        using Utf8JsonWriter writer = new(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" });
        writer.WriteStartObject();
        writer.WriteNumber(ModelLayout.FormatVersion, ModelLayout.CurrentVersion);
        writer.WriteString(ModelLayout.CovarianceType, structure.KindName);
        writer.WritePropertyName(ModelLayout.BlockSize);
        WriteRow<int>(writer, [.. structure.BlockSizes]);
        writer.WritePropertyName(ModelLayout.Weights);
        WriteRow(writer, model.Weights.Span);
        writer.WritePropertyName(ModelLayout.Means);
        WriteRows(writer, model.Means.Span, d);
        writer.WritePropertyName(ModelLayout.Covariances);
        if (structure.IsDiagonalStorage)
        {
            WriteRows(writer, covariances, d);
        }
        else
        {
            writer.WriteStartArray();
            for (int k = 0; k < model.ComponentCount; k++)
            {
                WriteRows(writer, covariances.Slice(k * structure.CovarianceSize, structure.CovarianceSize), d);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
        writer.Flush();
        stream.WriteByte((byte)'\n');
    }

    private static JsonDocument ParseText(Stream stream)
    {
        if (stream.Length > LongestText)
        {
            throw new FileProblemException($"{stream.Length} bytes are too many for a .json model; use .npz.");
        }

        byte[] text = new byte[stream.Length];
        stream.ReadExactly(text);
        ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
        try
        {
            return JsonDocument.Parse(
                text.AsMemory(text.AsSpan().StartsWith(mark) ? mark.Length : 0), new JsonDocumentOptions { AllowDuplicateProperties = false });
        }
        catch (JsonException e)
        {
            throw new FileProblemException(
                "it is not valid JSON, or it is cut off.", $"line {(e.LineNumber ?? 0) + 1}, byte {(e.BytePositionInLine ?? 0) + 1}", e);
        }
    }

    private static JsonElement Require(JsonElement root, string name) =>
        root.TryGetProperty(name, out JsonElement value) ? value : throw new FileProblemException($"there is no \"{name}\" in it.");

    private static CovarianceKind ParseKind(JsonElement text)
    {
        if (text.ValueKind == JsonValueKind.String)
        {
            if (text.ValueEquals("diag"u8))
            {
                return CovarianceKind.Diagonal;
            }

            if (text.ValueEquals("full"u8))
            {
                return CovarianceKind.Full;
            }
        }

        throw new FileProblemException(
            $"\"{ModelLayout.CovarianceType}\" is {MessageText.Quote(text.GetRawText())}, but \"diag\" and \"full\" are known.");
    }

    private static void WriteRows(Utf8JsonWriter writer, ReadOnlySpan<double> values, int rowLength)
    {
        writer.WriteStartArray();
        for (int start = 0; start < values.Length; start += rowLength)
        {
            WriteRow(writer, values.Slice(start, rowLength));
        }

        writer.WriteEndArray();

        // What is written so far goes to the file; the writer itself would keep all of it in memory.
        writer.Flush();
    }

    // One row a line: the writer's own indentation would give each number its line.
    private static void WriteRow<T>(Utf8JsonWriter writer, ReadOnlySpan<T> values)
        where T : IUtf8SpanFormattable
    {
        using MemoryStream text = new();
        text.WriteByte((byte)'[');
        NumberWriter.WriteText(text, values, ", "u8, "]"u8);
        writer.WriteRawValue(text.GetBuffer().AsSpan(0, (int)text.Length), skipInputValidation: true);
    }
}

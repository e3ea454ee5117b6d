using System.Runtime.InteropServices;
using System.Text;
using System.Text.Encodings.Web;
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
        IReadOnlyList<string>? columns = root.TryGetProperty(ModelLayout.Columns, out JsonElement names) ? ReadNames(names) : null;
        GaussianMixture model = ModelLayout.Build(
            structure,
            JsonNumbers.ReadArray(weights, ModelLayout.Weights),
            JsonNumbers.ReadArray(means, ModelLayout.Means),
            JsonNumbers.ReadArray(covariances, ModelLayout.Covariances));
        return ModelLayout.Name(model, columns);
    }

    /// <inheritdoc/>
    public void Write(Stream stream, GaussianMixture model)
    {
        // By hand: a Utf8JsonWriter gives each number its own line, and all that is written here are known names and numbers.
        CovarianceStructure structure = model.Structure;
        int d = model.Dimension;
        ReadOnlySpan<double> covariances = model.Covariances.Span;
        WriteName(stream, "{", ModelLayout.FormatVersion);
        WriteText(stream, $"{ModelLayout.CurrentVersion}");
        WriteName(stream, ",", ModelLayout.CovarianceType);
        WriteText(stream, $"\"{structure.KindName}\"");
        WriteName(stream, ",", ModelLayout.BlockSize);
        WriteRow<int>(stream, [.. structure.BlockSizes]);
        if (model.Columns is { } columns)
        {
            WriteName(stream, ",", ModelLayout.Columns);
            IEnumerable<JsonEncodedText> names = columns.Select(n => JsonEncodedText.Encode(n, JavaScriptEncoder.UnsafeRelaxedJsonEscaping));
            WriteText(stream, $"[{string.Join(", ", names.Select(name => $"\"{name}\""))}]");
        }

        WriteName(stream, ",", ModelLayout.Weights);
        WriteRow(stream, model.Weights.Span);
        WriteName(stream, ",", ModelLayout.Means);
        WriteRows(stream, model.Means.Span, d, "  ");
        WriteName(stream, ",", ModelLayout.Covariances);
        if (structure.IsDiagonalStorage)
        {
            WriteRows(stream, covariances, d, "  ");
        }
        else
        {
            for (int k = 0; k < model.ComponentCount; k++)
            {
                WriteText(stream, k == 0 ? "[\n    " : ",\n    ");
                WriteRows(stream, covariances.Slice(k * structure.CovarianceSize, structure.CovarianceSize), d, "    ");
            }

            WriteText(stream, "\n  ]");
        }

        WriteText(stream, "\n}\n");
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
        catch (InvalidOperationException e)
        {
            // What JsonDocument throws for an escaped name that is half a surrogate pair.
            throw new FileProblemException("a name in it is no valid Unicode text.", null, e);
        }
    }

    private static JsonElement Require(JsonElement root, string name) =>
        root.TryGetProperty(name, out JsonElement value) ? value : throw new FileProblemException($"there is no \"{name}\" in it.");

    // Raw bytes: text that is no valid Unicode cannot be taken from the document as a string.
    private static CovarianceKind ParseKind(JsonElement text)
    {
        ReadOnlySpan<byte> raw = JsonMarshal.GetRawUtf8Value(text);
        return raw.SequenceEqual("\"diag\""u8) ? CovarianceKind.Diagonal
            : raw.SequenceEqual("\"full\""u8) ? CovarianceKind.Full
            : throw new FileProblemException(
                $"\"{ModelLayout.CovarianceType}\" is {MessageText.Quote(raw)}, but \"diag\" and \"full\" are known.");
    }

    private static string[]? ReadNames(JsonElement names)
    {
        if (names.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (names.ValueKind != JsonValueKind.Array || names.EnumerateArray().Any(name => name.ValueKind != JsonValueKind.String))
        {
            throw new FileProblemException($"\"{ModelLayout.Columns}\" is no list of texts.");
        }

        try
        {
            return [.. names.EnumerateArray().Select(name => name.GetString()!)];
        }
        catch (InvalidOperationException e)
        {
            throw new FileProblemException($"a name in \"{ModelLayout.Columns}\" is no valid Unicode text.", null, e);
        }
    }

    private static void WriteName(Stream stream, string before, string name) => WriteText(stream, $"{before}\n  \"{name}\": ");

    private static void WriteText(Stream stream, string text) => stream.Write(Encoding.UTF8.GetBytes(text));

    private static void WriteRows(Stream stream, ReadOnlySpan<double> values, int rowLength, string indent)
    {
        for (int start = 0; start < values.Length; start += rowLength)
        {
            WriteText(stream, $"{(start == 0 ? "[" : ",")}\n{indent}  ");
            WriteRow(stream, values.Slice(start, rowLength));
        }

        WriteText(stream, $"\n{indent}]");
    }

    private static void WriteRow<T>(Stream stream, ReadOnlySpan<T> values)
        where T : IUtf8SpanFormattable
    {
        WriteText(stream, "[");
        NumberWriter.WriteText(stream, values, ", "u8, "]"u8);
    }
}

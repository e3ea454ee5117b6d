using System.Text.Json;

namespace GmmNative.Plots.Documents;

/// <summary>Reads the reports that <c>gmm train</c> and <c>gmm select</c> write.</summary>
internal static class ReportFile
{
    /// <summary>Reads a report.</summary>
    /// <typeparam name="T">The type of the content.</typeparam>
    /// <param name="path">The file.</param>
    /// <param name="expected">What the report should be, for messages.</param>
    /// <param name="parse">Takes the content from the document; returns <see langword="null"/> if the document is another one.</param>
    /// <exception cref="GmmException">The file cannot be read, or it is not such a report.</exception>
    public static T Read<T>(string path, string expected, Func<JsonElement, T?> parse)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            using FileStream stream = File.OpenRead(path);
            using JsonDocument document = JsonDocument.Parse(stream);
            return (document.RootElement.ValueKind == JsonValueKind.Object ? parse(document.RootElement) : null)
                ?? throw new GmmException($"{path}: the file is not {expected}.");
        }
        catch (JsonException e)
        {
            throw new GmmException($"{path}: the file is not {expected}: it is not JSON.", e);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new GmmException($"{path}: there is no such file.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new GmmException($"{path}: the file cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Returns a number of an object, or NaN if it is missing, null or not a number.</summary>
    public static double Number(JsonElement item, string name) =>
        item.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : double.NaN;

    /// <summary>Returns a text of an object, or an empty text if it is missing.</summary>
    public static string Text(JsonElement item, string name) =>
        item.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    /// <summary>Returns the objects of a list, or <see langword="null"/> if there is no such list.</summary>
    public static IEnumerable<JsonElement>? Objects(JsonElement item, string name) =>
        item.TryGetProperty(name, out JsonElement list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Where(element => element.ValueKind == JsonValueKind.Object) : null;
}

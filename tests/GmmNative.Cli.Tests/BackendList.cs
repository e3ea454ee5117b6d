using System.Text.Json;

namespace GmmNative.Cli.Tests;

/// <summary>Reads what <c>gmm backends --json</c> writes.</summary>
internal static class BackendList
{
    public static List<(string Name, bool Available, string? Library, string? Version, string Reason)> Of(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return
        [
            .. document.RootElement.GetProperty("backends").EnumerateArray().Select(b => (
                b.GetProperty("name").GetString()!,
                b.GetProperty("available").GetBoolean(),
                b.GetProperty("library").GetString(),
                b.GetProperty("version").GetString(),
                b.GetProperty("reason").GetString()!)),
        ];
    }
}

namespace GmmNative.Files.Json;

/// <summary>An array of numbers in a JSON text, found but not yet read.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Start">Where it starts in the file.</param>
/// <param name="Shape">Its shape; empty for what is no list.</param>
internal sealed record JsonArray(string Name, long Start, long[] Shape);

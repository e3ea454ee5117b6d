namespace GmmNative.Files.Json;

/// <summary>An array of numbers in a JSON text that has been located but not read.</summary>
/// <param name="Name">The name of the array.</param>
/// <param name="Start">The offset of the array in the file.</param>
/// <param name="Shape">The shape of the array; empty if the value is not a list.</param>
internal sealed record JsonArray(string Name, long Start, long[] Shape);

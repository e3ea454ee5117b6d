namespace GmmNative.Interop.Loading;

/// <summary>Shortens the messages of the runtime and the system's loader to the informative part.</summary>
internal static class LoaderMessage
{
    private const int MaximumLength = 200;

    /// <summary>
    /// Returns the last line of the message without the leading name of the library. The last line is the loader's own message; on Linux,
    /// general advice precedes it.
    /// </summary>
    public static string OneLine(string message, string name)
    {
        string[] lines = message.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        string line = lines.Length == 0 ? "the system's loader gave no reason" : lines[^1];

        foreach (string prefix in (ReadOnlySpan<string>)[$"{name}: ", $"Unable to load DLL '{name}' or one of its dependencies: "])
        {
            if (line.StartsWith(prefix, StringComparison.Ordinal))
            {
                line = line[prefix.Length..];
            }
        }

        return line.Length <= MaximumLength ? line : line[..MaximumLength] + "...";
    }
}

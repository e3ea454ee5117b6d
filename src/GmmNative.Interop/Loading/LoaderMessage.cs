namespace GmmNative.Interop.Loading;

/// <summary>Shortens what the runtime and the system's loader say to the part that tells something.</summary>
internal static class LoaderMessage
{
    private const int Longest = 200;

    /// <summary>
    /// The last line of the message, which is the loader's own (on Linux general advice stands before it), without the library's name in
    /// front.
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

        return line.Length <= Longest ? line : line[..Longest] + "...";
    }
}

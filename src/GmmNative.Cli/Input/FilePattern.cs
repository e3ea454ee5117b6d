using System.IO.Enumeration;

namespace GmmNative.Cli.Input;

/// <summary>
/// Expands patterns of file names that the shell left as they are: quoted patterns, and all patterns on Windows. <c>*</c> stands for any
/// characters and <c>?</c> for one, in the names of files and folders.
/// </summary>
internal static class FilePattern
{
    /// <summary>Expands each pattern to the files that match, in the order of their names. Other paths and <c>-</c> stay.</summary>
    /// <exception cref="VectorDataException">No file matches a pattern, or a folder cannot be listed.</exception>
    public static IReadOnlyList<string> ExpandAll(IReadOnlyList<string> paths) => [.. paths.SelectMany(Expand)];

    private static IReadOnlyList<string> Expand(string path)
    {
        if (!path.ContainsAny('*', '?') || File.Exists(path))
        {
            return [path];
        }

        string root = Path.GetPathRoot(path) ?? "";
        List<string> found = [root];
        string[] names = path[root.Length..].Split(
            [Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries);
        try
        {
            for (int i = 0; i < names.Length; i++)
            {
                bool isLast = i == names.Length - 1;
                found = [.. found.SelectMany(folder => Matches(folder, names[i], isLast))];
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new VectorDataException($"{path}: its folder cannot be listed: {e.Message}", e);
        }

        return found.Count > 0 ? found : throw new VectorDataException($"{path}: no file matches.");
    }

    private static IEnumerable<string> Matches(string folder, string name, bool isLast)
    {
        if (!name.ContainsAny('*', '?'))
        {
            string path = Path.Combine(folder, name);
            return (isLast ? File.Exists(path) : Directory.Exists(path)) ? [path] : [];
        }

        string start = folder.Length == 0 ? "." : folder;
        IEnumerable<string> entries = isLast ? Directory.EnumerateFiles(start) : Directory.EnumerateDirectories(start);

        // As in a shell, a name that starts with a period is hidden unless the pattern starts with one.
        return entries.Select(entry => Path.GetFileName(entry))
            .Where(entry => (name[0] == '.' || entry[0] != '.')
                && FileSystemName.MatchesSimpleExpression(name, entry, ignoreCase: OperatingSystem.IsWindows()))
            .Order(StringComparer.Ordinal)
            .Select(entry => Path.Combine(folder, entry));
    }
}

namespace GmmNative.Interop;

/// <summary>The names under which a library might be found, in the order in which they are tried.</summary>
internal static class LibraryCandidates
{
    /// <summary>The environment variable that names files or folders to look at first.</summary>
    public const string PathVariable = "GMMNATIVE_BLAS_PATH";

    /// <summary>The names to try, found as the sequence is walked.</summary>
    public static IEnumerable<LibraryCandidate> For(NativeProduct product, BackendSearch search)
    {
        string given = search.Environment(PathVariable) ?? "";
        foreach (string entry in given.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            string path = Path.GetFullPath(entry);
            IEnumerable<LibraryCandidate> found = Directory.Exists(path) ? InFolder(path, PathVariable, product)
                : File.Exists(path) ? [AtPath(path, PathVariable)]
                : [new LibraryCandidate(path, PathVariable, "no such file or folder")];
            foreach (LibraryCandidate candidate in found)
            {
                yield return candidate;
            }
        }

        IEnumerable<(string Folder, string Source)> folders =
        [
            (search.ApplicationFolder, "application"),
            (Path.Combine(search.ApplicationFolder, "runtimes", search.RuntimeIdentifier, "native"), "application"),
            .. product.OwnFolders(search),
        ];
        foreach ((string folder, string source) in folders)
        {
            foreach (LibraryCandidate candidate in InFolder(folder, source, product))
            {
                yield return candidate;
            }
        }

        if (search.SystemLibraries)
        {
            foreach (string name in product.FileNames)
            {
                yield return new LibraryCandidate(name, "system", null);
            }
        }
    }

    private static IEnumerable<LibraryCandidate> InFolder(string folder, string source, NativeProduct product) => Directory.Exists(folder)
        ? product.FileNames.Select(name => AtPath(Path.Combine(folder, name), source))
        : [new LibraryCandidate(folder, source, "no such folder")];

    private static LibraryCandidate AtPath(string path, string source) => new(path, source, ProblemOf(path));

    private static string? ProblemOf(string path)
    {
        if (Directory.Exists(path))
        {
            return "a folder, not a library";
        }

        if (!File.Exists(path))
        {
            return "no such file";
        }

        try
        {
            return OperatingSystem.IsLinux() ? ElfFile.ProblemOf(path) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return LoaderMessage.OneLine(error.Message, path);
        }
    }
}

using GmmNative.Interop.Loading;

namespace GmmNative.Interop.Native;

/// <summary>The possible names of a library, in search order.</summary>
internal static class LibraryCandidates
{
    /// <summary>The environment variable with files or folders to search first.</summary>
    public const string PathVariable = "GMMNATIVE_BLAS_PATH";

    /// <summary>Returns the names to try. The sequence is evaluated lazily.</summary>
    public static IEnumerable<LibraryCandidate> For(NativeProduct product, BackendSearch search)
    {
        string given = search.Environment(PathVariable) ?? "";
        foreach (string entry in given.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            string path = Path.GetFullPath(entry);
            IEnumerable<LibraryCandidate> found = Directory.Exists(path) ? InFolder(path, PathVariable, WithOurs(product))
                : File.Exists(path) ? [AtPath(path, PathVariable)]
                : [new LibraryCandidate(path, PathVariable, "no such file or folder")];
            foreach (LibraryCandidate candidate in found)
            {
                yield return candidate;
            }
        }

        string packages = Path.Combine(search.ApplicationFolder, "runtimes", search.RuntimeIdentifier, "native");
        IEnumerable<(string Folder, string Source, IEnumerable<string> Names)> folders =
        [
            (search.ApplicationFolder, "application", WithOurs(product)),
            (packages, "application", WithOurs(product)),
            .. product.OwnFolders(search).Select(own => (own.Folder, own.Source, product.FileNames.AsEnumerable())),
        ];
        foreach ((string folder, string source, IEnumerable<string> names) in folders)
        {
            foreach (LibraryCandidate candidate in InFolder(folder, source, names))
            {
                yield return candidate;
            }
        }

        if (search.SystemLibraries)
        {
            foreach (string name in product.FileNames)
            {
                yield return OfSystem(name);
            }
        }
    }

    // A self-contained library beside an application is meant to be used.
    private static IEnumerable<string> WithOurs(NativeProduct product) => product.FileNames.Prepend(SelfContainedBlas.FileName);

    private static IEnumerable<LibraryCandidate> InFolder(string folder, string source, IEnumerable<string> names) =>
        Directory.Exists(folder)
        ? names.Select(name => AtPath(Path.Combine(folder, name), source))
        : [new LibraryCandidate(folder, source, "no such folder")];

    private static LibraryCandidate AtPath(string path, string source) => new(path, source, ProblemOf(path));

    private static LibraryCandidate OfSystem(string name)
    {
        if (SystemLibrary.Find(name) is not { } path)
        {
            // The system's loader may search more locations. If it finds nothing, it reports what is missing.
            return new LibraryCandidate(name, "system", null);
        }

        string? problem = SystemLibrary.ProblemOf(path);
        return new LibraryCandidate(name, "system", problem is null ? null : $"{path}: {problem}") { Target = path };
    }

    private static string? ProblemOf(string path)
    {
        if (Directory.Exists(path))
        {
            return "a folder, not a library";
        }

        return File.Exists(path) ? SystemLibrary.ProblemOf(path) : "no such file";
    }
}

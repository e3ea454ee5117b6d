using System.Runtime.InteropServices;

namespace GmmNative.Interop.Loading;

/// <summary>
/// The file that the system's loader takes for a bare library name, so that it can be looked at before it is loaded: Linux's loader ends
/// the process on one that was cut short.
/// </summary>
internal static class SystemLibrary
{
    /// <summary>
    /// Searches as <c>ld.so</c> does: <c>LD_LIBRARY_PATH</c>, its cache, the usual folders; files for other processors are passed over. On
    /// Windows as <c>LoadLibrary</c> does: the program's folder, the system's, the working folder, <c>PATH</c>.
    /// </summary>
    /// <returns>The file's path, or <see langword="null"/> when none is found: the loader may know more places.</returns>
    public static string? Find(string name) => OperatingSystem.IsWindows()
        ? WindowsPlaces(name).FirstOrDefault(File.Exists)
        : OperatingSystem.IsLinux() ? LinuxPlaces(name).FirstOrDefault(path => File.Exists(path) && !IsForeign(path)) : null;

    /// <summary>Why a file, or a library that it needs, cannot be loaded; <see langword="null"/> when nothing speaks against it.</summary>
    public static string? ProblemOf(string path) => OperatingSystem.IsLinux() || OperatingSystem.IsWindows()
        ? ProblemOf(path, new HashSet<string>(OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal))
        : null;

    private static string? ProblemOf(string path, HashSet<string> visited)
    {
        try
        {
            LibraryFile file = LibraryFile.Read(path);
            if (file.Problem is not null)
            {
                return file.Problem;
            }

            foreach (string needed in file.Needed)
            {
                // One that is not found is left to the loader, which says so.
                if (visited.Add(needed) && FindNeeded(needed, path) is { } found && ProblemOf(found, visited) is { } problem)
                {
                    return problem.StartsWith("it needs ", StringComparison.Ordinal) ? problem : $"it needs {found}: {problem}";
                }
            }

            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return LoaderMessage.OneLine(error.Message, path);
        }
    }

    private static string? FindNeeded(string name, string library)
    {
        if (!OperatingSystem.IsWindows())
        {
            return Find(name);
        }

        // What is Windows' own is Windows' business; before all other places comes the folder of the library that needs it.
        return File.Exists(Path.Combine(Environment.SystemDirectory, name))
            ? null
            : WindowsPlaces(name).Prepend(Path.Combine(Path.GetDirectoryName(library) ?? "", name)).FirstOrDefault(File.Exists);
    }

    private static IEnumerable<string> LinuxPlaces(string name)
    {
        string given = Environment.GetEnvironmentVariable("LD_LIBRARY_PATH") ?? "";
        foreach (string folder in given.Length == 0 ? [] : given.Split(':', ';'))
        {
            // ld.so takes an empty entry for the working folder.
            yield return Path.GetFullPath(Path.Combine(folder, name));
        }

        foreach (string path in LoaderCache.PathsOf(name))
        {
            yield return path;
        }

        string triplet = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "aarch64-linux-gnu" : "x86_64-linux-gnu";
        foreach (string folder in (string[])[$"/lib/{triplet}", $"/usr/lib/{triplet}", "/lib64", "/usr/lib64", "/lib", "/usr/lib"])
        {
            yield return $"{folder}/{name}";
        }
    }

    private static IEnumerable<string> WindowsPlaces(string name)
    {
        string[] first =
        [
            Path.GetDirectoryName(Environment.ProcessPath) ?? "",
            Environment.SystemDirectory,
            Environment.GetFolderPath(Environment.SpecialFolder.Windows),
            Environment.CurrentDirectory,
        ];
        string path = Environment.GetEnvironmentVariable("PATH") ?? "";
        foreach (string folder in first.Concat(path.Split(';', StringSplitOptions.TrimEntries)).Select(entry => entry.Trim('"')))
        {
            if (Path.IsPathFullyQualified(folder))
            {
                yield return Path.Combine(folder, name);
            }
        }
    }

    private static bool IsForeign(string path)
    {
        try
        {
            return LibraryFile.Read(path).IsForeign;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Whoever looks at it next gets the same error, and tells it.
            return false;
        }
    }
}

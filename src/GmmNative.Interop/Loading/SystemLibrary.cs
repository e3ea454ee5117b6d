using System.Runtime.InteropServices;

namespace GmmNative.Interop.Loading;

/// <summary>
/// Finds the file that the system's loader would use for a bare library name, so that it can be checked before it is loaded. A truncated
/// file makes the Linux loader end the process.
/// </summary>
internal static class SystemLibrary
{
    /// <summary>
    /// On Linux, searches as <c>ld.so</c> does: <c>LD_LIBRARY_PATH</c>, its cache, the standard folders; files for other processors are
    /// skipped. On Windows, searches as <c>LoadLibrary</c> does: the folder of the program, the system folder, the working folder,
    /// <c>PATH</c>.
    /// </summary>
    /// <returns>The path of the file, or <see langword="null"/> if none is found. The loader may search more locations.</returns>
    public static string? Find(string name) => OperatingSystem.IsWindows()
        ? WindowsPlaces(name).FirstOrDefault(File.Exists)
        : OperatingSystem.IsLinux() ? LinuxPlaces(name).FirstOrDefault(path => File.Exists(path) && !IsForeign(path)) : null;

    /// <summary>
    /// Returns why a file, or a library that it needs, cannot be loaded, or <see langword="null"/> if no problem was found.
    /// </summary>
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
                // The loader reports libraries that are not found.
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

        // System libraries of Windows are not checked. For other libraries, the folder of the library that needs them comes first.
        return File.Exists(Path.Combine(Environment.SystemDirectory, name))
            ? null
            : WindowsPlaces(name).Prepend(Path.Combine(Path.GetDirectoryName(library) ?? "", name)).FirstOrDefault(File.Exists);
    }

    private static IEnumerable<string> LinuxPlaces(string name)
    {
        string given = Environment.GetEnvironmentVariable("LD_LIBRARY_PATH") ?? "";
        foreach (string folder in given.Length == 0 ? [] : given.Split(':', ';'))
        {
            // ld.so interprets an empty entry as the working folder.
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
            // The next check gets the same error and reports it.
            return false;
        }
    }
}

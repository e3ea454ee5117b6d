using System.Runtime.InteropServices;

namespace GmmNative.Interop;

/// <summary>
/// The file that Linux's loader takes for a bare library name, so that it can be looked at before it is loaded: the loader itself ends the
/// process on one that was cut short.
/// </summary>
internal static class SystemLibrary
{
    /// <summary>
    /// Searches as <c>ld.so</c> does: <c>LD_LIBRARY_PATH</c>, its cache, the usual folders; files for other processors are passed over.
    /// </summary>
    /// <returns>The file's path, or <see langword="null"/> when none is found: the loader may know more places.</returns>
    public static string? Find(string name) =>
        OperatingSystem.IsLinux() ? Places(name).FirstOrDefault(path => File.Exists(path) && !IsForeign(path)) : null;

    /// <summary>Why a file, or a library that it needs, cannot be loaded; <see langword="null"/> when nothing speaks against it.</summary>
    public static string? ProblemOf(string path) => OperatingSystem.IsLinux() ? ProblemOf(path, []) : null;

    private static string? ProblemOf(string path, HashSet<string> visited)
    {
        try
        {
            ElfFile file = ElfFile.Read(path);
            if (file.Problem is not null)
            {
                return file.Problem;
            }

            foreach (string needed in file.Needed)
            {
                // One that is not found is left to the loader, which says so.
                if (visited.Add(needed) && Find(needed) is { } found && ProblemOf(found, visited) is { } problem)
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

    private static IEnumerable<string> Places(string name)
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

    private static bool IsForeign(string path)
    {
        try
        {
            return ElfFile.Read(path).IsForeign;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Whoever looks at it next gets the same error, and tells it.
            return false;
        }
    }
}

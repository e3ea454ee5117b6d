namespace GmmNative.Files.Output;

/// <summary>Temporary files that a process left when it was killed.</summary>
internal static class Leftovers
{
    /// <summary>Removes those of this machine's dead processes from a folder.</summary>
    public static void Remove(string folder)
    {
        try
        {
            foreach (string path in Directory.EnumerateFiles(folder, TemporaryName.Pattern))
            {
                if (TemporaryName.Parse(Path.GetFileName(path)) is { } name && name.Host == TemporaryName.ThisHost && !name.Process.MayLive)
                {
                    RemoveUnlessInUse(path);
                }
            }
        }
        catch (UnauthorizedAccessException)
        {
            // A folder that may be written to need not be readable: what lies in it stays.
        }
    }

    private static void RemoveUnlessInUse(string path)
    {
        try
        {
            // Whoever writes such a file holds a lock on it. A process in another container may have this machine's name and be out of
            // sight.
            using FileStream stream = new(path, FileMode.Open, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // In use, another user's, or just removed by somebody else: not this write's business.
        }
    }
}

namespace GmmNative.Files.Output;

/// <summary>Removes temporary files of killed processes.</summary>
internal static class Leftovers
{
    /// <summary>Removes the temporary files of ended processes of this machine from a folder.</summary>
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
            // A writable folder need not be readable. Its leftovers remain.
        }
    }

    private static void RemoveUnlessInUse(string path)
    {
        try
        {
            // A process that is still writing holds a lock on the file. A process in another container may have the same host name and be
            // invisible here.
            using FileStream stream = new(path, FileMode.Open, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The file is in use, belongs to another user, or was just removed. None of these is an error of this write.
        }
    }
}

namespace GmmNative.DependencyInjection;

/// <summary>What shows that a file has changed.</summary>
/// <param name="Target">The file behind all symbolic links.</param>
/// <param name="Written">The time of its last change.</param>
/// <param name="Length">Its length in bytes.</param>
internal readonly record struct FileStamp(string Target, DateTime Written, long Length)
{
    /// <summary>Returns the stamp of a file, or <see langword="null"/> if there is no file.</summary>
    /// <exception cref="IOException">The file cannot be examined.</exception>
    /// <exception cref="UnauthorizedAccessException">The file cannot be examined.</exception>
    public static FileStamp? Of(string path)
    {
        // A link in the middle of the path, as in Kubernetes, shows in the time of writing.
        FileInfo file = new(path);
        if (!file.Exists)
        {
            return null;
        }

        FileInfo target = file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
        return target.Exists ? new FileStamp(target.FullName, target.LastWriteTimeUtc, target.Length) : null;
    }
}

using GmmNative.Errors;
using GmmNative.Interop.Posix;

namespace GmmNative.Files;

/// <summary>Opens files for reading, with uniform error messages.</summary>
internal static class InputFile
{
    /// <summary>The name for standard input and output.</summary>
    public const string Standard = "-";

    /// <summary>Returns the name of a path in messages.</summary>
    public static string DisplayName(string path) => path == Standard ? "standard input" : MessageText.OneLine(path);

    /// <summary>Returns the key of an utterance that is a whole file: the name without folder, <c>.gz</c> and extension.</summary>
    public static string KeyOf(string path)
    {
        string name = Path.GetFileName(path);
        name = name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? name[..^3] : name;
        string stem = Path.GetFileNameWithoutExtension(name);
        return stem.Length > 0 ? stem : path;
    }

    /// <summary>Opens standard input.</summary>
    /// <exception cref="FileProblemException">The program was started without standard input.</exception>
    public static Stream OpenStandard() => StandardStreams.IsClosed(StandardStreams.Input) ? throw Closed() : StandardStreams.OpenToRead();

    /// <summary>Opens a file that must exist and not be empty.</summary>
    /// <param name="path">The file.</param>
    /// <param name="sequential">Whether the file will be read once from start to end.</param>
    /// <exception cref="FileProblemException">The file is missing, a folder, not readable or empty.</exception>
    public static FileStream Open(string path, bool sequential = true)
    {
        if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal))
        {
            throw new FileProblemException("this is not a file name.");
        }

        if (Directory.Exists(path))
        {
            throw new FileProblemException("this is a folder; name a file in it.");
        }

        if (IsClosedDescriptor(path))
        {
            throw Closed();
        }

        FileStream stream;
        try
        {
            // The readers have their own buffers.
            stream = new FileStream(path, new FileStreamOptions
            {
                BufferSize = 0,
                Options = sequential ? FileOptions.SequentialScan : FileOptions.None,
            });
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new FileProblemException("there is no such file.", null, e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new FileProblemException("the file cannot be read: permission denied.", null, e);
        }
        catch (Exception e) when (e is IOException or ArgumentException or NotSupportedException)
        {
            throw new FileProblemException($"the file cannot be read: {e.Message}", null, e);
        }

        try
        {
            if (stream.CanSeek && stream.Length == 0)
            {
                throw new FileProblemException("the file is empty.");
            }
        }
        catch
        {
            stream.Dispose();
            throw;
        }

        return stream;
    }

    // If the program was started without standard input, /dev/stdin refers to an unrelated file that the runtime has opened since.
    private static bool IsClosedDescriptor(string path)
    {
        try
        {
            return OperatingSystem.IsLinux()
                && LinkedPath.Follow(path).Descriptor is { } descriptor && StandardStreams.IsClosed(descriptor);
        }
        catch (IOException)
        {
            // Opening the file reports the problem uniformly on all systems.
            return false;
        }
    }

    private static FileProblemException Closed() => new("it is closed; redirect it, or name a file.");
}

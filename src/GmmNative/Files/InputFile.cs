using GmmNative.Errors;
using GmmNative.Interop.Posix;

namespace GmmNative.Files;

/// <summary>Opens files for reading and says in one way why it cannot be done.</summary>
internal static class InputFile
{
    /// <summary>The name that stands for standard input and output.</summary>
    public const string Standard = "-";

    /// <summary>A path as it is shown in messages.</summary>
    public static string DisplayName(string path) => path == Standard ? "standard input" : MessageText.OneLine(path);

    /// <summary>Opens standard input.</summary>
    /// <exception cref="FileProblemException">The program was started without one.</exception>
    public static Stream OpenStandard() => StandardStreams.IsClosed(StandardStreams.Input) ? throw Closed() : StandardStreams.OpenToRead();

    /// <summary>Opens a file that must exist and hold something.</summary>
    /// <param name="path">The file.</param>
    /// <param name="sequential">Whether it is known to be read once from its start to its end.</param>
    /// <exception cref="FileProblemException">It is missing, a folder, not readable or empty.</exception>
    public static FileStream Open(string path, bool sequential = true)
    {
        if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal))
        {
            throw new FileProblemException("this is no file name.");
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
            // Readers below bring their own buffers.
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

    // /dev/stdin of a program that was started without standard input leads to whatever the runtime has opened since.
    private static bool IsClosedDescriptor(string path)
    {
        try
        {
            return OperatingSystem.IsLinux()
                && LinkedPath.Follow(path).Descriptor is { } descriptor && StandardStreams.IsClosed(descriptor);
        }
        catch (IOException)
        {
            // Opening it says what is wrong, in one way for all systems.
            return false;
        }
    }

    private static FileProblemException Closed() => new("it is closed; redirect it, or name a file.");
}

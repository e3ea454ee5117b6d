using GmmNative.Files;

namespace GmmNative;

/// <summary>
/// Writes files that are either whole or not there: into a temporary file in the same folder, which takes the final name when
/// everything is in it and is removed when anything fails. An older file of the name stays until then.
/// </summary>
/// <remarks>
/// <c>-</c> is standard output. A symbolic link is followed, so that the file it points to is replaced and not the link. Devices
/// (under <c>/dev</c>) are written directly. Thread-safe for different paths.
/// </remarks>
public static class AtomicFile
{
    private const int BufferSize = 1 << 16;

    /// <summary>Finds out whether a file could be written, before any work is done for it.</summary>
    /// <param name="path">The file, or <c>-</c>.</param>
    /// <exception cref="GmmException">The folder does not exist or cannot be written to, or the path is a folder's.</exception>
    public static void CheckWritable(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (path == InputFile.Standard)
        {
            return;
        }

        try
        {
            string target = FindTarget(path);
            if (IsDevice(target))
            {
                return;
            }

            // Only trying tells: rights, read-only disks and quotas have no common question to ask.
            using FileStream probe = new(TemporaryName(target), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (Exception e) when (IsWriteFailure(e))
        {
            throw Failure(path, e);
        }
    }

    /// <summary>Writes a file.</summary>
    /// <param name="path">The file, or <c>-</c> for standard output.</param>
    /// <param name="write">Writes the contents; an exception from it leaves nothing behind and is passed on. The stream is buffered, and
    /// can seek only when it is a file.</param>
    /// <exception cref="GmmException">The folder does not exist, or writing fails.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        Write(path, write, static (stream, action) => action(stream));
    }

    /// <summary>Writes a file from spans or other state, without a closure.</summary>
    /// <typeparam name="TState">The type of the state.</typeparam>
    /// <param name="path">The file, or <c>-</c> for standard output.</param>
    /// <param name="state">Passed to <paramref name="write"/>.</param>
    /// <param name="write">Writes the contents; an exception from it leaves nothing behind and is passed on.</param>
    /// <exception cref="GmmException">The folder does not exist, or writing fails.</exception>
    public static void Write<TState>(string path, TState state, Action<Stream, TState> write)
        where TState : allows ref struct
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(write);
        try
        {
            if (path == InputFile.Standard)
            {
                using BufferedStream output = new(Console.OpenStandardOutput(), BufferSize);
                write(output, state);
                return;
            }

            string target = FindTarget(path);
            if (IsDevice(target))
            {
                using FileStream device = new(target, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, BufferSize);
                write(device, state);
                return;
            }

            WriteBeside(target, state, write);
        }
        catch (Exception e) when (IsWriteFailure(e))
        {
            throw Failure(path, e);
        }
    }

    private static void WriteBeside<TState>(string target, TState state, Action<Stream, TState> write)
        where TState : allows ref struct
    {
        string temporary = TemporaryName(target);
        bool renamed = false;
        FileStream stream = new(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, BufferSize);
        try
        {
            using (stream)
            {
                write(stream, state);
            }

            File.Move(temporary, target, overwrite: true);
            renamed = true;
        }
        finally
        {
            if (!renamed)
            {
                File.Delete(temporary);
            }
        }
    }

    /// <summary>The full path of the file to be written, links followed; its folder exists unless it is a device.</summary>
    private static string FindTarget(string path)
    {
        if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal))
        {
            throw new IOException("this is no file name.");
        }

        string target = Path.GetFullPath(path);
        if (IsDevice(target))
        {
            return target;
        }

        if (new FileInfo(target).LinkTarget is not null)
        {
            target = File.ResolveLinkTarget(target, returnFinalTarget: true)!.FullName;
        }

        if (Directory.Exists(target) || Path.EndsInDirectorySeparator(path))
        {
            throw new IOException("this is a folder; name a file in it.");
        }

        string? folder = Path.GetDirectoryName(target);
        if (!Directory.Exists(folder))
        {
            throw new IOException($"the folder {Path.GetDirectoryName(path)} does not exist; create it first.");
        }

        return target;
    }

    // A device must be written to, not replaced by a file; as root the replacing would even succeed.
    private static bool IsDevice(string target) =>
        target.StartsWith(OperatingSystem.IsWindows() ? @"\\.\" : "/dev/", StringComparison.Ordinal);

    // Hidden, and short enough for any name the target itself can have.
    private static string TemporaryName(string target) =>
        Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetRandomFileName()}.tmp");

    private static bool IsWriteFailure(Exception e) => e is IOException or UnauthorizedAccessException;

    private static GmmException Failure(string path, Exception e)
    {
        string name = path == InputFile.Standard ? "standard output" : path;
        string problem = e is not UnauthorizedAccessException ? e.Message
            : OperatingSystem.IsWindows() ? "permission denied, or another program has it open." : "permission denied.";
        return new GmmException(MessageText.OneLine($"{name}: it cannot be written: {problem}"), e);
    }
}

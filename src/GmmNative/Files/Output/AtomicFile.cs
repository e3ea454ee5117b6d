using GmmNative.Files.Output;
using GmmNative.Interop.Posix;

namespace GmmNative;

/// <summary>
/// Writes files that are either whole or not there: into a temporary file in the same folder, which takes the final name when everything
/// is in it and on the disk, and is removed when anything fails. An older file of the name stays until then.
/// </summary>
/// <remarks>
/// <para>A symbolic link is followed, so that the file it points to is replaced and not the link; it may point to a file that does not
/// exist yet. The new file has the permissions of the old one, and its owner and group where the system allows it. What a process that
/// was killed has left is removed by the next write to the folder on the same machine.</para>
/// <para>Devices and pipes are written to in place, and so are open descriptors: <c>-</c> is standard output, <c>/dev/stdout</c> and
/// <c>/dev/fd/3</c> are written to from where they stand, or at the end where they were opened to append. When the reader of a pipe goes
/// away, the rest is dropped without an error: whoever reads decides how much.</para>
/// Thread-safe for different paths.
/// </remarks>
/// <example>
/// <code>
/// AtomicFile.Write("answer.txt", stream => stream.Write("42\n"u8));
/// </code>
/// </example>
public static class AtomicFile
{
    /// <summary>Finds out whether a file could be written, before any work is done for it.</summary>
    /// <param name="path">The file, or <c>-</c>.</param>
    /// <exception cref="GmmException">The folder does not exist or cannot be written to, the file is write-protected, or the path is a
    /// folder's.</exception>
    public static void CheckWritable(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            OutputTarget.Of(path).Check();
        }
        catch (Exception e) when (WriteProblem.Is(e))
        {
            throw WriteProblem.Of(path, e);
        }
    }

    /// <summary>Writes a file.</summary>
    /// <param name="path">The file, or <c>-</c> for standard output.</param>
    /// <param name="write">Writes the contents; an exception from it leaves nothing behind and is passed on. The stream is buffered
    /// and cannot seek.</param>
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
            OutputTarget.Of(path).Write(state, write);
        }
        catch (Exception e) when (SystemError.IsReaderGone(e))
        {
            // Whoever reads has had enough.
        }
        catch (Exception e) when (WriteProblem.Is(e))
        {
            throw WriteProblem.Of(path, e);
        }
    }

    /// <summary>Which file a path would write to; <see langword="null"/> for a device that may be written to twice.</summary>
    /// <exception cref="GmmException">It is a folder, or its folder does not exist.</exception>
    internal static FileKey? KeyOf(string path)
    {
        try
        {
            return OutputTarget.Of(path).Key;
        }
        catch (Exception e) when (WriteProblem.Is(e))
        {
            throw WriteProblem.Of(path, e);
        }
    }

    /// <summary>Begins to write a file.</summary>
    /// <returns><see langword="null"/> where nobody reads the pipe that it is.</returns>
    /// <exception cref="GmmException">The folder does not exist, or it cannot be written.</exception>
    internal static OpenOutput? Open(string path)
    {
        try
        {
            return OutputTarget.Of(path).Open();
        }
        catch (Exception e) when (SystemError.IsReaderGone(e))
        {
            return null;
        }
        catch (Exception e) when (WriteProblem.Is(e))
        {
            throw WriteProblem.Of(path, e);
        }
    }

    /// <summary>
    /// Whether a path leads to a pipe, a device or an open descriptor: what has no extension to go by, whatever its name.
    /// </summary>
    internal static bool IsStream(string path)
    {
        try
        {
            return OutputTarget.Of(path) is not RegularFileTarget;
        }
        catch (Exception e) when (WriteProblem.Is(e))
        {
            // Whoever writes to it says why it cannot be done.
            return false;
        }
    }
}

using GmmNative.Files.Output;
using GmmNative.Interop.Posix;

namespace GmmNative;

/// <summary>
/// Writes files completely or not at all. The contents go to a temporary file in the same folder, which is renamed when it is complete and
/// on disk, and removed if anything fails. An existing file with the final name remains until then.
/// </summary>
/// <remarks>
/// <para>Symbolic links are followed: the target of the link is replaced, not the link. The target need not exist. The new file has the
/// permissions of the old file, and its owner and group where the system allows it. If a process is killed, the next write to the folder on
/// the same machine removes its temporary files.</para>
/// <para>Devices, pipes and open descriptors are written in place. <c>-</c> is standard output. <c>/dev/stdout</c> and <c>/dev/fd/3</c> are
/// written from their current position, or at the end if they were opened for appending. When the reader of a pipe closes it, the remaining
/// output is discarded without an error.</para>
/// Thread-safe for different paths.
/// </remarks>
/// <example>
/// <code>
/// AtomicFile.Write("answer.txt", stream => stream.Write("42\n"u8));
/// </code>
/// </example>
public static class AtomicFile
{
    /// <summary>Checks that a file can be written. Call it before the contents are computed.</summary>
    /// <param name="path">The file, or <c>-</c>.</param>
    /// <exception cref="GmmException">
    /// The folder does not exist or cannot be written to, the file is write-protected, or the path is a folder.
    /// </exception>
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
    /// <param name="write">
    /// Writes the contents. If it throws, no file remains and the exception is passed on. The stream is buffered and not seekable.
    /// </param>
    /// <exception cref="GmmException">The folder does not exist, or writing fails.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        Write(path, write, static (stream, action) => action(stream));
    }

    /// <summary>Writes a file from spans or other state, without a closure.</summary>
    /// <typeparam name="TState">The type of the state.</typeparam>
    /// <param name="path">The file, or <c>-</c> for standard output.</param>
    /// <param name="state">The state passed to <paramref name="write"/>.</param>
    /// <param name="write">Writes the contents. If it throws, no file remains and the exception is passed on.</param>
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
            // The reader has closed the pipe.
        }
        catch (Exception e) when (WriteProblem.Is(e))
        {
            throw WriteProblem.Of(path, e);
        }
    }

    /// <summary>
    /// Returns the identity of the file that a path would write to, or <see langword="null"/> for a device that may be written to twice.
    /// </summary>
    /// <exception cref="GmmException">The path is a folder, or its folder does not exist.</exception>
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

    /// <summary>Opens an output for writing.</summary>
    /// <returns>The output, or <see langword="null"/> if it is a pipe without a reader.</returns>
    /// <exception cref="GmmException">The folder does not exist, or the file cannot be written.</exception>
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
    /// Whether a path refers to a pipe, a device or an open descriptor, whose extension has no meaning.
    /// </summary>
    internal static bool IsStream(string path)
    {
        try
        {
            return OutputTarget.Of(path) is not RegularFileTarget;
        }
        catch (Exception e) when (WriteProblem.Is(e))
        {
            // Writing to the path reports the problem.
            return false;
        }
    }
}

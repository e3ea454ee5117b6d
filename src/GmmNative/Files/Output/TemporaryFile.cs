using GmmNative.Interop.Posix;

namespace GmmNative.Files.Output;

/// <summary>A temporary file beside the file that it will replace. It is removed if it does not replace that file.</summary>
internal sealed class TemporaryFile : IDisposable
{
    private const int BufferSize = 1 << 16;

    private static readonly Lock Gate = new();
    private static readonly HashSet<TemporaryFile> Pending = [];

    private readonly string _folder;
    private readonly string _path;
    private readonly FileStatus? _old;
    private readonly FileStream _file;
    private bool _abandoned;

    private TemporaryFile(string folder, FileStatus? old)
    {
        _folder = folder;
        _path = Path.Combine(folder, TemporaryName.Next().ToString());
        _old = old;
        FileStreamOptions options = new()
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,

            // On Linux the lock marks the file as in use. On Windows it would prevent removing the file while it is being written.
            Share = OperatingSystem.IsWindows() ? FileShare.Delete : FileShare.None,
            BufferSize = OperatingSystem.IsLinux() ? 0 : BufferSize,
        };
        if (old is not null && !OperatingSystem.IsWindows())
        {
            // No other user may read the file before it has the permissions of the old file.
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        lock (Gate)
        {
            _file = new FileStream(_path, options);
            Pending.Add(this);
        }

        // The exceptions of FileStream hide the system's error number; those of DescriptorStream contain it.
        Stream = OperatingSystem.IsLinux()
            ? new BufferedStream(new DescriptorStream((int)_file.SafeFileHandle.DangerousGetHandle()), BufferSize)
            : _file;
    }

    /// <summary>The stream for the contents.</summary>
    public Stream Stream { get; }

    /// <summary>Creates an empty file in a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="old">The status of the file that it will replace, for the owner and permissions.</param>
    /// <exception cref="IOException">The file cannot be created.</exception>
    /// <exception cref="UnauthorizedAccessException">Creating a file in the folder is not permitted.</exception>
    public static TemporaryFile Create(string folder, FileStatus? old) => new(folder, old);

    /// <summary>Removes all temporary files of this process. Later writes to them have no effect.</summary>
    public static void AbandonAll()
    {
        lock (Gate)
        {
            foreach (TemporaryFile file in Pending)
            {
                file._abandoned = true;
                File.Delete(file._path);
            }

            Pending.Clear();
        }
    }

    /// <summary>Flushes the file to disk and gives it its final name.</summary>
    /// <exception cref="OperationCanceledException">The file was abandoned.</exception>
    /// <exception cref="IOException">An operation failed. An existing file with the final name is unchanged.</exception>
    public void MoveTo(string target)
    {
        Stream.Flush();
        _file.Flush(flushToDisk: true);
        if (_old is { } old)
        {
            FileOwner.Copy(old, _file.SafeFileHandle);
        }

        if (OperatingSystem.IsWindows())
        {
            _file.Dispose();
        }

        lock (Gate)
        {
            if (_abandoned)
            {
                throw new OperationCanceledException();
            }

            File.Move(_path, target, overwrite: true);
            Pending.Remove(this);
        }

        FolderSync.Run(_folder);
    }

    /// <summary>Removes the file unless it has its final name.</summary>
    public void Dispose()
    {
        try
        {
            // Stream is not disposed: data left in its buffer belongs to a failed file.
            _file.Dispose();
        }
        finally
        {
            lock (Gate)
            {
                if (Pending.Remove(this))
                {
                    File.Delete(_path);
                }
            }
        }
    }
}

using GmmNative.Interop.Posix;

namespace GmmNative.Files.Output;

/// <summary>A file that is being written beside the one that it will replace, and is removed unless it does.</summary>
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

            // On Linux the lock says that the file is in use; on Windows it would keep the file from being removed while it is written.
            Share = OperatingSystem.IsWindows() ? FileShare.Delete : FileShare.None,
            BufferSize = OperatingSystem.IsLinux() ? 0 : BufferSize,
        };
        if (old is not null && !OperatingSystem.IsWindows())
        {
            // Nobody else may read it before it has the permissions of the old file.
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        lock (Gate)
        {
            _file = new FileStream(_path, options);
            Pending.Add(this);
        }

        // .NET's own stream has an exception of its kind for each error; this one has the system's number.
        Stream = OperatingSystem.IsLinux()
            ? new BufferedStream(new DescriptorStream((int)_file.SafeFileHandle.DangerousGetHandle()), BufferSize)
            : _file;
    }

    /// <summary>Takes the contents.</summary>
    public Stream Stream { get; }

    /// <summary>Makes an empty file in a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="old">The file that it will replace, for its owner and permissions.</param>
    /// <exception cref="IOException">It cannot be made; also <see cref="UnauthorizedAccessException"/>.</exception>
    public static TemporaryFile Create(string folder, FileStatus? old) => new(folder, old);

    /// <summary>Removes all such files of this process; whoever still writes to one is not heard any more.</summary>
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

    /// <summary>Gives the file its final name once all of it is on the disk.</summary>
    /// <exception cref="OperationCanceledException">It was abandoned.</exception>
    /// <exception cref="IOException">Something failed; the file of that name is as it was.</exception>
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
            // What is still in the buffer of the other one belongs to a file that failed.
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

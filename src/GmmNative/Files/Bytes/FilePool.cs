namespace GmmNative.Files.Bytes;

/// <summary>
/// Files that are read alternately. Only some of them are open at a time, because a list may name more files than a process may open.
/// </summary>
internal sealed class FilePool : IDisposable
{
    private const int MaximumOpen = 64;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Entry> _open = [];
    private long _clock;
    private bool _disposed;

    /// <summary>Reads consecutive bytes of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">The name of the file in messages.</param>
    /// <param name="offset">The offset of the first byte.</param>
    /// <param name="bytes">Receives the bytes.</param>
    /// <exception cref="VectorDataException">The file cannot be read.</exception>
    public void Read(string path, string name, long offset, Span<byte> bytes)
    {
        Entry entry = Borrow(path, name);
        try
        {
            HandleReading.Read(entry.File.SafeFileHandle, name, offset, bytes);
        }
        finally
        {
            Return(entry);
        }
    }

    /// <summary>Closes all files.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            foreach (Entry entry in _open.Values)
            {
                entry.File.Dispose();
            }

            _open.Clear();
        }
    }

    private Entry Borrow(string path, string name)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (!_open.TryGetValue(path, out Entry? entry))
            {
                CloseUnused();
                try
                {
                    entry = new Entry(path, InputFile.Open(path, sequential: false));
                }
                catch (Exception e) when (ReadFailure.Describe(e, name) is not null)
                {
                    throw new VectorDataException(ReadFailure.Describe(e, name)!, e);
                }

                _open.Add(path, entry);
            }

            entry.Users++;
            entry.LastUse = ++_clock;
            return entry;
        }
    }

    private void Return(Entry entry)
    {
        lock (_lock)
        {
            entry.Users--;
        }
    }

    private void CloseUnused()
    {
        if (_open.Count >= MaximumOpen && _open.Values.Where(entry => entry.Users == 0).MinBy(entry => entry.LastUse) is { } oldest)
        {
            _ = _open.Remove(oldest.Path);
            oldest.File.Dispose();
        }
    }

    private sealed class Entry(string path, FileStream file)
    {
        public string Path { get; } = path;

        public FileStream File { get; } = file;

        public int Users { get; set; }

        public long LastUse { get; set; }
    }
}

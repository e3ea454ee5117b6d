using System.IO.MemoryMappedFiles;
using Microsoft.Win32.SafeHandles;

namespace GmmNative.Files;

/// <summary>A file mapped into memory for reading by any number of threads.</summary>
/// <remarks>
/// Reading a mapped file needs a copy but no system call, which matters when rows are read in small pieces. The drawback is that the
/// process ends if another program truncates the file while it is mapped, so data files must not change while they are open.
/// </remarks>
internal sealed class MappedFile : IDisposable
{
    private readonly MemoryMappedFile _map;
    private readonly MemoryMappedViewAccessor _accessor;

    /// <summary>Maps a whole file, which must not be empty, and takes ownership of its stream.</summary>
    public MappedFile(FileStream stream)
    {
        Length = stream.Length;
        _map = MemoryMappedFile.CreateFromFile(stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
        try
        {
            _accessor = _map.CreateViewAccessor(0, Length, MemoryMappedFileAccess.Read);
        }
        catch
        {
            _map.Dispose();
            throw;
        }
    }

    /// <summary>The length in bytes at the time of mapping.</summary>
    public long Length { get; }

    /// <summary>Makes the bytes accessible until the result is disposed, even if the file is disposed before.</summary>
    /// <exception cref="ObjectDisposedException">The file has been disposed.</exception>
    public Lease Borrow() => new(_accessor.SafeMemoryMappedViewHandle, Length);

    /// <summary>Unmaps the file once the last lease has ended.</summary>
    public void Dispose()
    {
        _accessor.Dispose();
        _map.Dispose();
    }

    /// <summary>Access to the bytes of the file.</summary>
    public readonly unsafe ref struct Lease
    {
        private readonly SafeMemoryMappedViewHandle _view;
        private readonly byte* _start;
        private readonly long _length;

        internal Lease(SafeMemoryMappedViewHandle view, long length)
        {
            byte* start = null;
            view.AcquirePointer(ref start);
            _view = view;
            _start = start;
            _length = length;
        }

        /// <summary>Returns a range of the file.</summary>
        public ReadOnlySpan<byte> Slice(long offset, int length)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(length);
            ArgumentOutOfRangeException.ThrowIfNegative(offset);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, _length - length);
            return new ReadOnlySpan<byte>(_start + offset, length);
        }

        /// <summary>Ends the lease.</summary>
        public void Dispose() => _view.ReleasePointer();
    }
}

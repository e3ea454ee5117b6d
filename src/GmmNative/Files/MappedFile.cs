using System.IO.MemoryMappedFiles;
using Microsoft.Win32.SafeHandles;

namespace GmmNative.Files;

/// <summary>A file mapped into memory for reading, from any number of threads at once.</summary>
/// <remarks>
/// Reading a mapped file costs a copy and no system call, which counts when rows are read in small pieces. The price: a file
/// that another program cuts short while it is mapped ends the process, so data files must not change while they are open.
/// </remarks>
internal sealed class MappedFile : IDisposable
{
    private readonly MemoryMappedFile _map;
    private readonly MemoryMappedViewAccessor _accessor;

    /// <summary>Maps a whole file that is not empty, and takes over its stream.</summary>
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

    /// <summary>The length in bytes when it was mapped.</summary>
    public long Length { get; }

    /// <summary>Makes the bytes accessible until the result is disposed, even when the file is disposed meanwhile.</summary>
    /// <exception cref="ObjectDisposedException">The file has been disposed.</exception>
    public Lease Borrow() => new(_accessor.SafeMemoryMappedViewHandle, Length);

    /// <summary>Unmaps the file once the last lease has ended.</summary>
    public void Dispose()
    {
        _accessor.Dispose();
        _map.Dispose();
    }

    /// <summary>The right to look at the bytes.</summary>
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

        /// <summary>Some bytes of the file.</summary>
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

using System.Collections.Concurrent;
using GmmNative.Interop.Seam;

namespace GmmNative.Execution;

/// <summary>
/// Buffers that one pass leaves to the next: a training makes hundreds of passes whose scratch has the same sizes, and making and clearing
/// it anew can cost as much as a pass over little data. Thread-safe.
/// </summary>
internal sealed class ScratchPool
{
    private readonly ConcurrentDictionary<(Type Element, int Length), ConcurrentBag<object>> _free = new();

    /// <summary>A buffer with unspecified contents, the caller's own until it is returned.</summary>
    public AlignedBuffer<T> Rent<T>(int length)
        where T : unmanaged =>
        Bag<T>(length).TryTake(out object? buffer) ? (AlignedBuffer<T>)buffer : new AlignedBuffer<T>(length);

    /// <summary>Gives a buffer back; it must not be used any more.</summary>
    public void Return<T>(AlignedBuffer<T> buffer)
        where T : unmanaged => Bag<T>(buffer.Length).Add(buffer);

    private ConcurrentBag<object> Bag<T>(int length) => _free.GetOrAdd((typeof(T), length), _ => []);
}

using System.Collections.Concurrent;
using GmmNative.Interop.Seam;

namespace GmmNative.Execution;

/// <summary>
/// Buffers that passes reuse. A training makes hundreds of passes whose scratch buffers have the same sizes, and allocating and clearing
/// them each time can cost as much as a pass over little data. Thread-safe.
/// </summary>
internal sealed class ScratchPool
{
    private readonly ConcurrentDictionary<(Type Element, int Length), ConcurrentBag<object>> _free = new();

    /// <summary>Rents a buffer with unspecified contents. The caller owns it until it is returned.</summary>
    public AlignedBuffer<T> Rent<T>(int length)
        where T : unmanaged =>
        Bag<T>(length).TryTake(out object? buffer) ? (AlignedBuffer<T>)buffer : new AlignedBuffer<T>(length);

    /// <summary>Returns a buffer, which must not be used afterwards.</summary>
    public void Return<T>(AlignedBuffer<T> buffer)
        where T : unmanaged => Bag<T>(buffer.Length).Add(buffer);

    private ConcurrentBag<object> Bag<T>(int length) => _free.GetOrAdd((typeof(T), length), _ => []);
}

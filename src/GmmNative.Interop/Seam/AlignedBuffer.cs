using System.Runtime.CompilerServices;

namespace GmmNative.Interop.Seam;

/// <summary>
/// Scratch memory with a fixed address on a 64-byte boundary. Native code may receive the address, the alignment keeps vectors within cache
/// lines, and results do not depend on where the memory was allocated.
/// </summary>
/// <remarks>
/// The memory is on the pinned heap and is collected like any array, so that it stays alive as long as any span of it. The caller
/// synchronizes access from several threads.
/// </remarks>
/// <typeparam name="T">The element type.</typeparam>
internal sealed class AlignedBuffer<T>
    where T : unmanaged
{
    private const int Alignment = 64;

    private readonly T[] _array;
    private readonly int _offset;

    /// <summary>Allocates <paramref name="length"/> elements, all zero.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is negative.</exception>
    /// <exception cref="OutOfMemoryException">There is not enough memory.</exception>
    public unsafe AlignedBuffer(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        Length = length;
        _array = GC.AllocateArray<T>(checked(length + (Alignment / sizeof(T))), pinned: true);
        nuint address = (nuint)Unsafe.AsPointer(ref _array[0]);
        _offset = (int)(((Alignment - (address % Alignment)) % Alignment) / (nuint)sizeof(T));
    }

    /// <summary>Whether an address is on such a boundary.</summary>
    public static unsafe bool IsAligned(T* address) => (nuint)address % Alignment == 0;

    /// <summary>The number of elements.</summary>
    public int Length { get; }

    /// <summary>The elements.</summary>
    public Span<T> Span => new(_array, _offset, Length);

    /// <summary>The elements as <see cref="Memory{T}"/>, for code that stores them between calls.</summary>
    public Memory<T> Memory => new(_array, _offset, Length);
}

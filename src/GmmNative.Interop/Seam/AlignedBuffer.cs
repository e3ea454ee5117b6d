using System.Runtime.CompilerServices;

namespace GmmNative.Interop.Seam;

/// <summary>
/// Scratch memory that never moves and starts on a 64-byte boundary: native code may be handed its address, vectors do not
/// straddle cache lines because of where it begins, and results do not depend on where the allocator happened to put it.
/// </summary>
/// <remarks>
/// It lives on the pinned heap and is collected like any array, so that a span of it can never outlive it. Access from several
/// threads is the caller's affair.
/// </remarks>
/// <typeparam name="T">The element.</typeparam>
internal sealed class AlignedBuffer<T>
    where T : unmanaged
{
    private const int Alignment = 64;

    private readonly T[] _array;
    private readonly int _offset;

    /// <summary>Allocates <paramref name="length"/> elements, all zero.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is negative.</exception>
    /// <exception cref="OutOfMemoryException">There is not that much memory.</exception>
    public unsafe AlignedBuffer(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        Length = length;
        _array = GC.AllocateArray<T>(checked(length + (Alignment / sizeof(T))), pinned: true);
        nuint address = (nuint)Unsafe.AsPointer(ref _array[0]);
        _offset = (int)(((Alignment - (address % Alignment)) % Alignment) / (nuint)sizeof(T));
    }

    /// <summary>Number of elements.</summary>
    public int Length { get; }

    /// <summary>The elements.</summary>
    public Span<T> Span => new(_array, _offset, Length);

    /// <summary>The elements, for code that keeps them across calls.</summary>
    public Memory<T> Memory => new(_array, _offset, Length);
}

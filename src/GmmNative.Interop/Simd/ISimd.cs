using System.Diagnostics.CodeAnalysis;

namespace GmmNative.Interop.Simd;

/// <summary>
/// The vector operations that the managed kernels use, so that each kernel is written once for every vector width and both precisions.
/// Implementations are empty structs: the JIT resolves and inlines every call.
/// </summary>
/// <typeparam name="TVector">The vector.</typeparam>
/// <typeparam name="T">The element of the vector.</typeparam>
internal unsafe interface ISimd<TVector, T>
    where TVector : unmanaged
    where T : unmanaged
{
    /// <summary>The number of elements in a vector.</summary>
    static abstract int Count { get; }

    static abstract TVector Zero { get; }

    static abstract TVector Load(T* source);

    static abstract void Store(TVector vector, T* destination);

    static abstract TVector Broadcast(T value);

    static abstract TVector Add(TVector left, TVector right);

    static abstract TVector Subtract(TVector left, TVector right);

    static abstract TVector Multiply(TVector left, TVector right);

    /// <summary>Computes left * right + addend, fused if the processor supports it.</summary>
    static abstract TVector MultiplyAdd(TVector left, TVector right, TVector addend);

    static abstract TVector Max(TVector left, TVector right);

    static abstract TVector Abs(TVector vector);

    /// <summary>
    /// Selects, for each element, <paramref name="ifGreater"/> if left is greater than right, and <paramref name="otherwise"/> if not.
    /// </summary>
    static abstract TVector SelectGreater(TVector left, TVector right, TVector ifGreater, TVector otherwise);

    static abstract TVector Divide(TVector left, TVector right);

    /// <summary>Shifts the bits of the elements so that an integer in the lowest bits becomes the exponent.</summary>
    static abstract TVector ShiftToExponent(TVector vector);

    /// <summary>Adds the bits of the elements as integers.</summary>
    static abstract TVector AddBits(TVector left, TVector right);

    /// <summary>Computes the exclusive or of the bits of the elements.</summary>
    static abstract TVector XorBits(TVector left, TVector right);

    /// <summary>Shifts the bits of the elements to the right; zeros enter on the left.</summary>
    /// <param name="vector">The elements.</param>
    /// <param name="count">The number of places, a constant from 1 to the number of bits of an element minus 1.</param>
    static abstract TVector ShiftBitsRight(TVector vector, [ConstantExpected] int count);

    /// <summary>Rotates the bits of the elements to the left.</summary>
    /// <param name="vector">The elements.</param>
    /// <param name="count">The number of places, a constant from 1 to the number of bits of an element minus 1.</param>
    static abstract TVector RotateBitsLeft(TVector vector, [ConstantExpected] int count);

    static abstract TVector SquareRoot(TVector vector);

    /// <summary>Returns the sum of the elements, in an order that depends only on the vector width.</summary>
    static abstract T Sum(TVector vector);

    /// <summary>Returns the largest element.</summary>
    static abstract T MaxElement(TVector vector);
}

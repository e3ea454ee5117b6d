namespace GmmNative.Interop.Simd;

/// <summary>
/// The vector operations that the managed kernels are made of, so that each kernel is written once for every vector width and
/// both precisions. Implementations are empty structs: the JIT resolves and inlines every call.
/// </summary>
/// <typeparam name="TVector">The vector.</typeparam>
/// <typeparam name="T">Its element.</typeparam>
internal unsafe interface ISimd<TVector, T>
    where TVector : unmanaged
    where T : unmanaged
{
    /// <summary>Elements in a vector.</summary>
    static abstract int Count { get; }

    static abstract TVector Zero { get; }

    static abstract TVector Load(T* source);

    static abstract void Store(TVector vector, T* destination);

    static abstract TVector Broadcast(T value);

    static abstract TVector Add(TVector left, TVector right);

    static abstract TVector Subtract(TVector left, TVector right);

    static abstract TVector Multiply(TVector left, TVector right);

    /// <summary>left * right + addend, fused where the processor can.</summary>
    static abstract TVector MultiplyAdd(TVector left, TVector right, TVector addend);

    static abstract TVector Max(TVector left, TVector right);

    static abstract TVector Abs(TVector vector);

    /// <summary>
    /// Element by element <paramref name="ifGreater"/> where left is greater than right, otherwise <paramref name="otherwise"/>.
    /// </summary>
    static abstract TVector SelectGreater(TVector left, TVector right, TVector ifGreater, TVector otherwise);

    static abstract TVector Divide(TVector left, TVector right);

    /// <summary>The elements' bits moved up so far that an integer in the lowest becomes the exponent's.</summary>
    static abstract TVector ShiftToExponent(TVector vector);

    /// <summary>The sum of the elements' bits as integers.</summary>
    static abstract TVector AddBits(TVector left, TVector right);

    /// <summary>The sum of the elements, in an order that depends on the vector's width alone.</summary>
    static abstract T Sum(TVector vector);

    /// <summary>The largest element.</summary>
    static abstract T MaxElement(TVector vector);
}

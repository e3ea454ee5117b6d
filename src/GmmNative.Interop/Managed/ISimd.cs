namespace GmmNative.Interop;

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

    /// <summary>Element by element <paramref name="ifGreater"/> where left is greater than right, otherwise <paramref name="otherwise"/>.</summary>
    static abstract TVector SelectGreater(TVector left, TVector right, TVector ifGreater, TVector otherwise);

    /// <summary>exp of elements that are not above zero; 0 for those not above <see cref="ExpRange"/>, and for NaN.</summary>
    static abstract TVector ExpOfNonPositive(TVector vector);

    /// <summary>The sum of the elements, in an order that depends on the vector's width alone.</summary>
    static abstract T Sum(TVector vector);

    /// <summary>The largest element.</summary>
    static abstract T MaxElement(TVector vector);
}

namespace GmmNative.Interop.Simd;

/// <summary>
/// One row of the block of C that a product kernel keeps in registers, one to three vectors wide. A kernel that uses this interface is
/// written once for all widths.
/// </summary>
/// <typeparam name="TSelf">The implementation.</typeparam>
/// <typeparam name="TVector">The vector.</typeparam>
/// <typeparam name="T">The element of the vector.</typeparam>
internal unsafe interface IRowTile<TSelf, TVector, T>
    where TSelf : unmanaged, IRowTile<TSelf, TVector, T>
    where TVector : unmanaged
    where T : unmanaged
{
    /// <summary>The number of vectors in the row.</summary>
    static abstract int Vectors { get; }

    static abstract TSelf Zero { get; }

    static abstract TSelf Load(T* source);

    /// <summary>Computes accumulator + scale * row.</summary>
    static abstract TSelf MultiplyAdd(TVector scale, TSelf row, TSelf accumulator);

    /// <summary>Computes row + value in every vector.</summary>
    static abstract TSelf AddToAll(TSelf row, TVector value);

    static abstract void Store(TSelf row, T* destination);

    static abstract void AddTo(TSelf row, T* destination);
}

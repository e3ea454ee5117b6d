namespace GmmNative.Interop.Simd;

/// <summary>
/// One row of the block of C that a product kernel holds in registers, one to three vectors wide. A kernel written over it exists
/// for each width without being written again.
/// </summary>
/// <typeparam name="TSelf">The implementation.</typeparam>
/// <typeparam name="TVector">The vector.</typeparam>
/// <typeparam name="T">Its element.</typeparam>
internal unsafe interface IRowTile<TSelf, TVector, T>
    where TSelf : unmanaged, IRowTile<TSelf, TVector, T>
    where TVector : unmanaged
    where T : unmanaged
{
    /// <summary>Vectors in the row.</summary>
    static abstract int Vectors { get; }

    static abstract TSelf Zero { get; }

    static abstract TSelf Load(T* source);

    /// <summary>accumulator + scale * row.</summary>
    static abstract TSelf MultiplyAdd(TVector scale, TSelf row, TSelf accumulator);

    /// <summary>row + value, in every vector.</summary>
    static abstract TSelf AddToAll(TSelf row, TVector value);

    static abstract void Store(TSelf row, T* destination);

    static abstract void AddTo(TSelf row, T* destination);
}

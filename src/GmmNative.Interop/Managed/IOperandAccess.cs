namespace GmmNative.Interop;

/// <summary>
/// Where a kernel finds the elements of A: element p of row i at <c>a[i * RowStride + p * Step]</c>. Constants to the JIT, which makes
/// them displacements.
/// </summary>
internal interface IOperandAccess
{
    /// <summary>Elements from row to row.</summary>
    static abstract int RowStride { get; }

    /// <summary>Elements from one of the k to the next.</summary>
    static abstract int Step { get; }
}

namespace GmmNative.Interop.Managed;

/// <summary>
/// Where a kernel finds the elements of A of the same step: that of row i at <c>a[i * RowStride]</c>. A constant to the JIT, which makes
/// displacements of it.
/// </summary>
internal interface IOperandAccess
{
    /// <summary>Elements from row to row.</summary>
    static abstract int RowStride { get; }
}

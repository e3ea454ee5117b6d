namespace GmmNative.Interop.Managed;

/// <summary>
/// The layout of the elements of A of one step of a kernel: the element of row i is at <c>a[i * RowStride]</c>. The stride is a constant to
/// the JIT, so that addresses become displacements.
/// </summary>
internal interface IOperandAccess
{
    /// <summary>The number of elements from one row to the next.</summary>
    static abstract int RowStride { get; }
}

using GmmNative.Interop.Simd;

namespace GmmNative.Interop.Managed;

/// <summary>
/// The innermost loop of a matrix product: adds the outer products of a strip of A and a strip of B to a block of C in registers.
/// </summary>
/// <typeparam name="TVector">The vector.</typeparam>
/// <typeparam name="T">The element of the vector.</typeparam>
internal unsafe interface IProductKernel<TVector, T>
    where TVector : unmanaged
    where T : unmanaged
{
    /// <summary>The number of rows of the block, and the width of a packed strip of A.</summary>
    static abstract int Rows { get; }

    /// <summary>Computes C = A B + bias or C += A B for one block. The sums run over strips of A, one after another.</summary>
    /// <typeparam name="TRow">A row of the block, as wide as a row of B.</typeparam>
    /// <typeparam name="TAccess">The layout of A within a strip.</typeparam>
    /// <param name="strips">The number of strips of A.</param>
    /// <param name="k">The length of the sums in each strip.</param>
    /// <param name="stripA">The number of elements from one strip of A to the next.</param>
    /// <param name="stepA">The number of elements of A from one of the k steps to the next.</param>
    /// <param name="stepB">The number of elements of B from one of the strips * k steps to the next.</param>
    /// <param name="a">The first strip of A.</param>
    /// <param name="b">B: the elements of a row for each of the strips * k steps.</param>
    /// <param name="c">The block. It may overlap B, because everything is read before anything is written.</param>
    /// <param name="ldc">The leading dimension of C.</param>
    /// <param name="add">Whether to add to C instead of overwriting it.</param>
    /// <param name="bias">One number per row, added when C is overwritten; null for none.</param>
    static abstract void Multiply<TRow, TAccess>(
        int strips, int k, nint stripA, nint stepA, nint stepB, T* a, T* b, T* c, int ldc, bool add, T* bias)
        where TRow : unmanaged, IRowTile<TRow, TVector, T>
        where TAccess : struct, IOperandAccess;
}

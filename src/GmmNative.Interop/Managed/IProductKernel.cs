using GmmNative.Interop.Simd;

namespace GmmNative.Interop.Managed;

/// <summary>
/// The innermost loop of a matrix product: a block of C, held in registers, gains the outer products of a strip of A and one of B.
/// </summary>
/// <typeparam name="TVector">The vector.</typeparam>
/// <typeparam name="T">Its element.</typeparam>
internal unsafe interface IProductKernel<TVector, T>
    where TVector : unmanaged
    where T : unmanaged
{
    /// <summary>Rows of the block, and width of a packed strip of A.</summary>
    static abstract int Rows { get; }

    /// <summary>C = A B + bias or C += A B for one block, the sums running over strips of A one after the other.</summary>
    /// <typeparam name="TRow">A row of the block; its width is that of a row of B.</typeparam>
    /// <typeparam name="TAccess">How A is laid out within a strip.</typeparam>
    /// <param name="strips">Number of strips of A.</param>
    /// <param name="k">Length of the sums in each strip.</param>
    /// <param name="stripA">Elements from one strip of A to the next.</param>
    /// <param name="stepA">Elements of A from one of the k to the next.</param>
    /// <param name="stepB">Elements of B from one of the strips * k to the next.</param>
    /// <param name="a">First strip of A.</param>
    /// <param name="b">B: a row's elements for each of the strips * k.</param>
    /// <param name="c">The block. It may lie over B: everything is read before anything is written.</param>
    /// <param name="ldc">Leading dimension of C.</param>
    /// <param name="add">Whether to add to C rather than overwrite it.</param>
    /// <param name="bias">One number a row, added where C is overwritten; null for none.</param>
    static abstract void Multiply<TRow, TAccess>(
        int strips, int k, nint stripA, nint stepA, nint stepB, T* a, T* b, T* c, int ldc, bool add, T* bias)
        where TRow : unmanaged, IRowTile<TRow, TVector, T>
        where TAccess : struct, IOperandAccess;
}

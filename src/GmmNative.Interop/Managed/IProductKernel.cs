namespace GmmNative.Interop;

/// <summary>The innermost loop of a matrix product: a block of C, held in registers, gains the outer products of a packed strip of A and one of B.</summary>
/// <typeparam name="TVector">The vector.</typeparam>
/// <typeparam name="T">Its element.</typeparam>
internal unsafe interface IProductKernel<TVector, T>
    where TVector : unmanaged
    where T : unmanaged
{
    /// <summary>Rows of the block, and width of a packed strip of A.</summary>
    static abstract int Rows { get; }

    /// <summary>C = A B or C += A B for one block.</summary>
    /// <typeparam name="TRow">A row of the block; its width is that of the packed strip of B.</typeparam>
    /// <param name="k">Length of the sums.</param>
    /// <param name="a">Strip of A: <see cref="Rows"/> elements for each of the k.</param>
    /// <param name="b">Strip of B: a row's elements for each of the k.</param>
    /// <param name="c">The block.</param>
    /// <param name="ldc">Leading dimension of C.</param>
    /// <param name="add">Whether to add to C rather than overwrite it.</param>
    static abstract void Multiply<TRow>(int k, T* a, T* b, T* c, int ldc, bool add)
        where TRow : unmanaged, IRowTile<TRow, TVector, T>;
}

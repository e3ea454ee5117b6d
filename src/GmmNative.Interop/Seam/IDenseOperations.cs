using System.Numerics;

namespace GmmNative.Interop.Seam;

/// <summary>
/// The dense operations that EM needs: two matrix products, the Cholesky factor and the inverse, a triangular solve and a symmetric
/// update. Matrices are row-major with a leading dimension (the number of elements from one row to the next, at least the row length), or
/// <see cref="StripMatrix{T}"/> in the layout that <see cref="Strips"/> returns.
/// </summary>
/// <remarks>
/// Implementations are stateless and may be called from any number of threads. Every call runs on the calling thread only. The same
/// arguments (values, sizes, leading dimensions, 64-byte alignment) give the same bits. Sizes of zero are allowed: empty matrices are not
/// accessed, and empty sums are zero. <see cref="ArgumentException"/> is thrown for spans that are too short for their matrix, leading
/// dimensions below the row length, heights that are too small, layouts that do not come from <see cref="Strips"/>, and negative sizes.
/// Operands must not overlap the result.
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal interface IDenseOperations<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>
    /// Copies A (m x k) to the form that <see cref="MultiplyStrips"/> reads fastest. A may change afterwards.
    /// </summary>
    /// <param name="m">The number of rows of A.</param>
    /// <param name="k">The number of columns of A.</param>
    /// <param name="a">A, m x k.</param>
    /// <param name="lda">The leading dimension of A.</param>
    /// <param name="spent">
    /// An operand that this instance returned and that is not used any more. Its memory is reused if it has the same sizes.
    /// </param>
    /// <returns>The packed operand, usable by this instance only, from any thread.</returns>
    PackedOperand<T> Pack(int m, int k, ReadOnlySpan<T> a, int lda, PackedOperand<T>? spent = null);

    /// <summary>
    /// Returns the layout of the rows of a chunk for <see cref="MultiplyStrips"/> and <see cref="AddStripProduct"/>.
    /// </summary>
    /// <param name="rows">The number of rows of the chunk.</param>
    RowStrips Strips(int rows);

    /// <summary>Computes C = A B + bias or C += A B, with the packed A (m x k), and with B and C in row strips (gemm).</summary>
    /// <remarks>
    /// Lanes are independent: NaN in a row of B affects only that row of C. Lanes beyond the last row may contain any values before and
    /// after.
    /// </remarks>
    /// <param name="a">A, as returned by <see cref="Pack"/> of this instance. It specifies m and k.</param>
    /// <param name="b">B, with at least k values per row, of which the first k are read.</param>
    /// <param name="bias">
    /// m numbers, one per row of C, padded with any values to <see cref="RowStrips.PaddedHeight"/>; empty to add to C instead.
    /// </param>
    /// <param name="c">
    /// C, with at least <see cref="RowStrips.PaddedHeight"/> of m values per row. The values beyond m are unspecified afterwards.
    /// </param>
    void MultiplyStrips(PackedOperand<T> a, ReadOnlyStripMatrix<T> b, ReadOnlySpan<T> bias, StripMatrix<T> c);

    /// <summary>
    /// Computes C += A B', with C m x n, row-major, and A (m values per row) and B (n values per row) in row strips (gemm).
    /// </summary>
    /// <remarks>
    /// All lanes are summed. The lanes beyond the last row must be zero in one operand and finite in the other. The values beyond m of A
    /// and beyond n of B may be anything, including NaN, and do not affect C.
    /// </remarks>
    /// <param name="m">The number of rows of C.</param>
    /// <param name="n">The number of columns of C.</param>
    /// <param name="a">
    /// A, with at least <see cref="RowStrips.PaddedHeight"/> of m values per row, of which the first m contribute to the result.
    /// </param>
    /// <param name="b">B, with at least n values per row.</param>
    /// <param name="c">C, to which the product is added.</param>
    /// <param name="ldc">The leading dimension of C.</param>
    void AddStripProduct(int m, int n, ReadOnlyStripMatrix<T> a, ReadOnlyStripMatrix<T> b, Span<T> c, int ldc);

    /// <summary>
    /// Computes the Cholesky factor, A = L L', in the lower triangle of A in place (potrf). Only the lower triangle is read. The strict
    /// upper triangle is not written.
    /// </summary>
    /// <param name="n">The order of A.</param>
    /// <param name="a">A, n x n. On return its lower triangle contains L.</param>
    /// <param name="lda">The leading dimension of A.</param>
    /// <returns>
    /// 0, or the order (1 to n) of the first leading minor that is not positive definite. The factor is then incomplete. A pivot that is
    /// NaN or infinite counts as not positive definite.
    /// </returns>
    int Cholesky(int n, Span<T> a, int lda);

    /// <summary>Computes the inverse from the Cholesky factor: the lower triangle of (L L')^-1 replaces L (potri).</summary>
    /// <param name="n">The order of L.</param>
    /// <param name="a">L in the lower triangle, as computed by <see cref="Cholesky"/>.</param>
    /// <param name="lda">The leading dimension of <paramref name="a"/>.</param>
    /// <exception cref="ArgumentException">
    /// The diagonal of L contains a zero (nothing is changed then), or a size, leading dimension or span is wrong.
    /// </exception>
    void InvertFromCholesky(int n, Span<T> a, int lda);

    /// <summary>Copies a lower triangular L to the form that <see cref="SolveStrips"/> reads fastest.</summary>
    /// <param name="n">The order of L.</param>
    /// <param name="l">L in the lower triangle, n x n. The strict upper triangle is not read.</param>
    /// <param name="ldl">The leading dimension of L.</param>
    /// <returns>The packed factor, usable by this instance only, from any thread.</returns>
    /// <exception cref="ArgumentException">
    /// The diagonal of L contains a zero, or a size, leading dimension or span is wrong.
    /// </exception>
    PackedFactor<T> PackFactor(int n, ReadOnlySpan<T> l, int ldl);

    /// <summary>Computes B := L^-1 B: each row b is replaced by the solution y of L y = b (trsm).</summary>
    /// <remarks>Lanes are independent. Lanes beyond the last row may contain any values before and after.</remarks>
    /// <param name="factor">L, as returned by <see cref="PackFactor"/> of this instance. It specifies n.</param>
    /// <param name="b">
    /// B, with at least <see cref="RowStrips.PaddedHeight"/> of n values per row. The first n are replaced by the solution, and the other
    /// values are unspecified afterwards.
    /// </param>
    void SolveStrips(PackedFactor<T> factor, StripMatrix<T> b);

    /// <summary>Computes C += A' A, for the lower triangle of C only, with C n x n and A k x n (syrk).</summary>
    /// <param name="n">The order of C, and the number of columns of A.</param>
    /// <param name="k">The number of rows of A.</param>
    /// <param name="a">A, k x n.</param>
    /// <param name="lda">The leading dimension of A; <see cref="PaddedRows.Stride"/> of n is the fastest.</param>
    /// <param name="c">C, n x n. The product is added to its lower triangle, and its strict upper triangle is not written.</param>
    /// <param name="ldc">The leading dimension of C.</param>
    void AddSymmetricProduct(int n, int k, ReadOnlySpan<T> a, int lda, Span<T> c, int ldc);
}

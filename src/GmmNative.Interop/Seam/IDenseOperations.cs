using System.Numerics;

namespace GmmNative.Interop.Seam;

/// <summary>
/// The dense operations under EM: two matrix products, Cholesky factor and inverse, a triangular solve and a symmetric
/// update. Matrices are row-major with a leading dimension (elements from one row to the next, at least the row's length), or
/// <see cref="StripMatrix{T}"/> in the layout that <see cref="Strips"/> gives.
/// </summary>
/// <remarks>
/// Implementations are stateless and may be called from any number of threads; every call runs on the calling thread alone.
/// For the same arguments (values, sizes, leading dimensions, 64-byte alignment) the same bits come out. Sizes of zero are
/// allowed: empty matrices are left alone, sums of no terms are zero. Spans must hold the matrix they stand for: shorter ones,
/// leading dimensions less than a row, heights too small, layouts that are not from <see cref="Strips"/> and negative sizes throw
/// <see cref="ArgumentException"/>. Operands must not overlap the result.
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal interface IDenseOperations<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>
    /// Copies A (m x k) into the form in which <see cref="MultiplyStrips"/> reads it fastest. The values are copied: A may change
    /// afterwards.
    /// </summary>
    /// <param name="m">Rows of A.</param>
    /// <param name="k">Columns of A.</param>
    /// <param name="a">A, m x k.</param>
    /// <param name="lda">Leading dimension of A.</param>
    /// <returns>The packed operand, usable by this instance only, from any thread.</returns>
    PackedOperand<T> Pack(int m, int k, ReadOnlySpan<T> a, int lda);

    /// <summary>
    /// How this implementation wants the rows of a chunk laid out for <see cref="MultiplyStrips"/> and <see cref="AddStripProduct"/>.
    /// </summary>
    /// <param name="rows">Rows of the chunk.</param>
    RowStrips Strips(int rows);

    /// <summary>C = A B + bias or C += A B, with the packed A (m x k), and B and C in row strips (gemm).</summary>
    /// <remarks>
    /// Lanes do not mix: NaN in a row of B stays in that row of C. Those beyond the last row may hold anything, and hold anything after.
    /// </remarks>
    /// <param name="a">A, as <see cref="Pack"/> of this instance returned it; gives m and k.</param>
    /// <param name="b">B, at least k values a row, of which the first k are read.</param>
    /// <param name="bias">m numbers, one for each row of C, padded with anything to <see cref="RowStrips.PaddedHeight"/>; empty to add to C
    /// instead.</param>
    /// <param name="c">C, at least <see cref="RowStrips.PaddedHeight"/> of m values a row; what becomes of those beyond m is
    /// unspecified.</param>
    void MultiplyStrips(PackedOperand<T> a, ReadOnlyStripMatrix<T> b, ReadOnlySpan<T> bias, StripMatrix<T> c);

    /// <summary>C += A B', with C m x n, row-major, and A (m values a row) and B (n values a row) in row strips (gemm).</summary>
    /// <remarks>
    /// All lanes are summed: those beyond the last row must be zero in one operand and finite in the other. Values beyond m of A and
    /// beyond n of B may be anything, NaN too: they do not reach C.
    /// </remarks>
    /// <param name="m">Rows of C.</param>
    /// <param name="n">Columns of C.</param>
    /// <param name="a">A, at least <see cref="RowStrips.PaddedHeight"/> of m values a row, of which the first m are read for the
    /// result.</param>
    /// <param name="b">B, at least n values a row.</param>
    /// <param name="c">C, added to.</param>
    /// <param name="ldc">Leading dimension of C.</param>
    void AddStripProduct(int m, int n, ReadOnlyStripMatrix<T> a, ReadOnlyStripMatrix<T> b, Span<T> c, int ldc);

    /// <summary>
    /// Cholesky factor: A = L L', L in the lower triangle of A in place (potrf). Reads the lower triangle only; the strict upper
    /// triangle is left as it was.
    /// </summary>
    /// <param name="n">Order of A.</param>
    /// <param name="a">A, n x n; on return L in its lower triangle.</param>
    /// <param name="lda">Leading dimension of A.</param>
    /// <returns>0, or the order (1 to n) of the first leading minor that is not positive definite; the factor is then incomplete.
    /// A pivot that is NaN or infinite counts as not positive definite.</returns>
    int Cholesky(int n, Span<T> a, int lda);

    /// <summary>Inverse from the Cholesky factor: the lower triangle of (L L')^-1 replaces L (potri).</summary>
    /// <param name="n">Order of L.</param>
    /// <param name="a">L in the lower triangle, as <see cref="Cholesky"/> left it.</param>
    /// <param name="lda">Leading dimension of <paramref name="a"/>.</param>
    /// <exception cref="ArgumentException">The diagonal of L holds a zero (nothing is changed then), or a size, leading dimension or span
    /// is wrong.</exception>
    void InvertFromCholesky(int n, Span<T> a, int lda);

    /// <summary>Copies a lower triangular L into the form in which <see cref="SolveStrips"/> reads it fastest.</summary>
    /// <param name="n">Order of L.</param>
    /// <param name="l">L in the lower triangle, n x n; the strict upper triangle is not read.</param>
    /// <param name="ldl">Leading dimension of L.</param>
    /// <returns>The packed factor, usable by this instance only, from any thread.</returns>
    /// <exception cref="ArgumentException">The diagonal of L holds a zero, or a size, leading dimension or span is wrong.</exception>
    PackedFactor<T> PackFactor(int n, ReadOnlySpan<T> l, int ldl);

    /// <summary>B := L^-1 B: each row b becomes the solution y of L y = b (trsm).</summary>
    /// <remarks>Lanes do not mix. Those beyond the last row may hold anything, and hold anything after.</remarks>
    /// <param name="factor">L, as <see cref="PackFactor"/> of this instance returned it; gives n.</param>
    /// <param name="b">B, at least <see cref="RowStrips.PaddedHeight"/> of n values a row; the first n are overwritten by the solution,
    /// and what becomes of the others is unspecified.</param>
    void SolveStrips(PackedFactor<T> factor, StripMatrix<T> b);

    /// <summary>C += A' A, lower triangle of C only, with C n x n and A k x n (syrk).</summary>
    /// <param name="n">Order of C, columns of A.</param>
    /// <param name="k">Rows of A.</param>
    /// <param name="a">A, k x n.</param>
    /// <param name="lda">Leading dimension of A; <see cref="PaddedRows.Stride"/> of n is the fastest.</param>
    /// <param name="c">C, n x n; its lower triangle is added to, its strict upper triangle left as it was.</param>
    /// <param name="ldc">Leading dimension of C.</param>
    void AddSymmetricProduct(int n, int k, ReadOnlySpan<T> a, int lda, Span<T> c, int ldc);
}

using System.Numerics;
using GmmNative.Interop.Seam;

namespace GmmNative.Interop.Native;

/// <summary>The dense operations over one library's entry points, in one precision.</summary>
/// <remarks>
/// Empty products are not passed to the library, because most libraries print an error for a leading dimension of zero.
/// </remarks>
internal sealed unsafe class NativeOperations<T>(NativeTable<T> table) : IDenseOperations<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // LAPACK is column-major: its upper triangle is the lower triangle in row-major order.
    private const byte LowerByRows = (byte)'U';

    public PackedOperand<T> Pack(int m, int k, ReadOnlySpan<T> a, int lda, PackedOperand<T>? spent = null)
    {
        DenseArguments.CheckMatrix(m, k, a, lda, nameof(a));
        return new NativePackedOperand<T>(this, m, k, a, lda, spent as NativePackedOperand<T>);
    }

    // A single strip of all rows is a plain row-major matrix with one matrix row per value.
    public RowStrips Strips(int rows)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        return new RowStrips(rows, RowStrips.WholeVectors<T>(Math.Max(1, rows)));
    }

    public void MultiplyStrips(PackedOperand<T> a, ReadOnlyStripMatrix<T> b, ReadOnlySpan<T> bias, StripMatrix<T> c)
    {
        NativePackedOperand<T> packed = DenseArguments.CheckPacked<T, NativePackedOperand<T>>(a);
        if (packed.Owner != this)
        {
            throw new ArgumentException("The operand was packed by another backend; pack it with the one that multiplies.", nameof(a));
        }

        DenseArguments.CheckMultiplyStrips(packed, Strips(b.Strips.Rows), b, bias, c);
        int lanes = b.Strips.Lanes;
        for (int i = 0; i < packed.M && !bias.IsEmpty; i++)
        {
            c.Values.Slice(i * lanes, lanes).Fill(bias[i]);
        }

        if (packed.M == 0 || packed.K == 0 || lanes == 0)
        {
            return;
        }

        fixed (T* pa = packed.Values.Span, pb = b.Values, pc = c.Values)
        {
            table.Gemm(
                Cblas.RowMajor, Cblas.NoTranspose, Cblas.NoTranspose, packed.M, lanes, packed.K, T.One, pa, packed.K, pb, lanes, T.One, pc,
                lanes);
        }
    }

    public void AddStripProduct(int m, int n, ReadOnlyStripMatrix<T> a, ReadOnlyStripMatrix<T> b, Span<T> c, int ldc)
    {
        DenseArguments.CheckAddStripProduct(m, n, Strips(a.Strips.Rows), a, b, c, ldc);
        int lanes = a.Strips.Lanes;
        if (m == 0 || n == 0 || lanes == 0)
        {
            return;
        }

        fixed (T* pa = a.Values, pb = b.Values, pc = c)
        {
            table.Gemm(Cblas.RowMajor, Cblas.NoTranspose, Cblas.Transpose, m, n, lanes, T.One, pa, lanes, pb, lanes, T.One, pc, ldc);
        }
    }

    public int Cholesky(int n, Span<T> a, int lda)
    {
        DenseArguments.CheckMatrix(n, n, (ReadOnlySpan<T>)a, lda, nameof(a));
        if (n == 0)
        {
            return 0;
        }

        int info = CallAligned(table.Potrf, n, a, lda);
        ThrowIfRefused(Math.Min(info, 0), "potrf");

        // A NaN pivot is not less than zero, so some implementations take its root and continue. All of them accept an infinite pivot.
        int factored = info == 0 ? n : info - 1;
        for (int i = 0; i < factored; i++)
        {
            if (!T.IsFinite(a[(int)(i * (lda + 1L))]))
            {
                return i + 1;
            }
        }

        return info;
    }

    public void InvertFromCholesky(int n, Span<T> a, int lda)
    {
        DenseArguments.CheckMatrix(n, n, (ReadOnlySpan<T>)a, lda, nameof(a));
        DenseArguments.CheckFactorDiagonal(n, (ReadOnlySpan<T>)a, lda, nameof(a));
        if (n == 0)
        {
            return;
        }

        ThrowIfRefused(CallAligned(table.Potri, n, a, lda), "potri");
    }

    public PackedFactor<T> PackFactor(int n, ReadOnlySpan<T> l, int ldl)
    {
        DenseArguments.CheckMatrix(n, n, l, ldl, nameof(l));
        DenseArguments.CheckFactorDiagonal(n, l, ldl, nameof(l));
        return new NativePackedFactor<T>(this, n, l, ldl);
    }

    public void SolveStrips(PackedFactor<T> factor, StripMatrix<T> b)
    {
        NativePackedFactor<T> packed = DenseArguments.CheckFactor<T, NativePackedFactor<T>>(factor);
        if (packed.Owner != this)
        {
            throw new ArgumentException("The factor was packed by another backend; pack it with the one that solves.", nameof(factor));
        }

        int n = packed.Order;
        DenseArguments.CheckSameLayout(b.Strips, Strips(b.Strips.Rows));
        DenseArguments.CheckHeight(b.Height, RowStrips.PaddedHeight(n), nameof(b));
        int lanes = b.Strips.Lanes;
        if (n == 0 || lanes == 0)
        {
            return;
        }

        fixed (T* pl = packed.Values.Span, pb = b.Values)
        {
            table.Trsm(Cblas.RowMajor, Cblas.Left, Cblas.Lower, Cblas.NoTranspose, Cblas.NonUnit, n, lanes, T.One, pl, n, pb, lanes);
        }
    }

    public void AddSymmetricProduct(int n, int k, ReadOnlySpan<T> a, int lda, Span<T> c, int ldc)
    {
        DenseArguments.CheckMatrix(k, n, a, lda, nameof(a));
        DenseArguments.CheckMatrix(n, n, (ReadOnlySpan<T>)c, ldc, nameof(c));
        if (n == 0 || k == 0)
        {
            return;
        }

        fixed (T* pa = a, pc = c)
        {
            table.Syrk(Cblas.RowMajor, Cblas.Lower, Cblas.Transpose, n, k, T.One, pa, lda, T.One, pc, ldc);
        }
    }

    /// <summary>
    /// Calls a routine of LAPACK on the lower triangle of a matrix at an aligned address. In OpenBLAS's kernels for older processors, and
    /// for new ones that it does not know, the order of the sums of potrf and potri depends on the address.
    /// </summary>
    /// <returns>LAPACK's info.</returns>
    private static int CallAligned(
        delegate* unmanaged[Cdecl]<byte*, int*, T*, int*, int*, nint, void> routine, int n, Span<T> a, int lda)
    {
        byte triangle = LowerByRows;
        int info = 0;
        fixed (T* pa = a)
        {
            if (AlignedBuffer<T>.IsAligned(pa))
            {
                routine(&triangle, &n, pa, &lda, &info, 1);
                return info;
            }
        }

        Span<T> copy = Scratch<T>.Take(Scratch<T>.Work, checked(((n - 1) * lda) + n));
        CopyLower(n, a, copy, lda);
        fixed (T* pc = copy)
        {
            routine(&triangle, &n, pc, &lda, &info, 1);
        }

        CopyLower(n, copy, a, lda);
        return info;
    }

    private static void CopyLower(int n, ReadOnlySpan<T> from, Span<T> to, int lda)
    {
        for (int i = 0; i < n; i++)
        {
            from.Slice(i * lda, i + 1).CopyTo(to[(i * lda)..]);
        }
    }

    private static void ThrowIfRefused(int info, string routine)
    {
        // Negative: an argument was wrong. Positive, from potri: a zero on the diagonal, which was excluded before.
        if (info != 0)
        {
            throw new InvalidOperationException($"LAPACK's {routine} returned {info}: a defect of this library, not of the data.");
        }
    }
}

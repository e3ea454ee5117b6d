using System.Numerics;
using GmmNative.Interop.Seam;
using GmmNative.Interop.Simd;

namespace GmmNative.Interop.Managed;

/// <summary>The dense operations in managed code, for one vector width and precision.</summary>
internal sealed unsafe class ManagedOperations<TKernel, TSimd, TVector, T> : IDenseOperations<T>
    where TKernel : struct, IProductKernel<TVector, T>
    where TSimd : struct, ISimd<TVector, T>
    where TVector : unmanaged
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public PackedOperand<T> Pack(int m, int k, ReadOnlySpan<T> a, int lda, PackedOperand<T>? spent = null)
    {
        DenseArguments.CheckMatrix(m, k, a, lda, nameof(a));
        AlignedBuffer<T>? memory = spent is ManagedPackedOperand<T> managed && managed.HasSizes(m, k) ? managed.Strips : null;
        fixed (T* source = a)
        {
            return StripProducts<TKernel, TSimd, TVector, T>.Pack(m, k, source, lda, memory);
        }
    }

    public RowStrips Strips(int rows)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        return StripProducts<TKernel, TSimd, TVector, T>.Strips(rows);
    }

    public void MultiplyStrips(PackedOperand<T> a, ReadOnlyStripMatrix<T> b, ReadOnlySpan<T> bias, StripMatrix<T> c)
    {
        ManagedPackedOperand<T> packed = DenseArguments.CheckPacked<T, ManagedPackedOperand<T>>(a);
        DenseArguments.CheckMultiplyStrips(packed, Strips(b.Strips.Rows), b, bias, c);
        fixed (T* pb = b.Values, pbias = bias, pc = c.Values)
        {
            StripProducts<TKernel, TSimd, TVector, T>.Multiply(packed, b.Strips.Count, pb, b.Height, pbias, pc, c.Height);
        }
    }

    public void AddStripProduct(int m, int n, ReadOnlyStripMatrix<T> a, ReadOnlyStripMatrix<T> b, Span<T> c, int ldc)
    {
        DenseArguments.CheckAddStripProduct(m, n, Strips(a.Strips.Rows), a, b, c, ldc);
        fixed (T* pa = a.Values, pb = b.Values, pc = c)
        {
            StripProducts<TKernel, TSimd, TVector, T>.AddProduct(m, n, a.Strips, pa, a.Height, pb, b.Height, pc, ldc);
        }
    }

    public int Cholesky(int n, Span<T> a, int lda)
    {
        DenseArguments.CheckMatrix(n, n, (ReadOnlySpan<T>)a, lda, nameof(a));
        fixed (T* pa = a)
        {
            return ManagedFactorizations<TKernel, TSimd, TVector, T>.Cholesky(n, pa, lda);
        }
    }

    public void InvertFromCholesky(int n, Span<T> a, int lda)
    {
        DenseArguments.CheckMatrix(n, n, (ReadOnlySpan<T>)a, lda, nameof(a));
        DenseArguments.CheckFactorDiagonal(n, (ReadOnlySpan<T>)a, lda, nameof(a));
        fixed (T* pa = a)
        {
            ManagedFactorizations<TKernel, TSimd, TVector, T>.InvertFromCholesky(n, pa, lda);
        }
    }

    public PackedFactor<T> PackFactor(int n, ReadOnlySpan<T> l, int ldl)
    {
        DenseArguments.CheckMatrix(n, n, l, ldl, nameof(l));
        DenseArguments.CheckFactorDiagonal(n, l, ldl, nameof(l));
        fixed (T* pl = l)
        {
            return TriangularSolves<TKernel, TSimd, TVector, T>.Pack(n, pl, ldl);
        }
    }

    public void SolveStrips(PackedFactor<T> factor, StripMatrix<T> b)
    {
        ManagedPackedFactor<T> packed = DenseArguments.CheckFactor<T, ManagedPackedFactor<T>>(factor);
        DenseArguments.CheckSameLayout(b.Strips, Strips(b.Strips.Rows));
        DenseArguments.CheckHeight(b.Height, RowStrips.PaddedHeight(packed.Order), nameof(b));
        fixed (T* pb = b.Values)
        {
            TriangularSolves<TKernel, TSimd, TVector, T>.Solve(packed, b.Strips, pb, b.Height);
        }
    }

    public void AddSymmetricProduct(int n, int k, ReadOnlySpan<T> a, int lda, Span<T> c, int ldc)
    {
        DenseArguments.CheckMatrix(k, n, a, lda, nameof(a));
        DenseArguments.CheckMatrix(n, n, (ReadOnlySpan<T>)c, ldc, nameof(c));
        fixed (T* pa = a, pc = c)
        {
            if (ManagedProducts<TKernel, TSimd, TVector, T>.HasRoom(n, k, lda, a.Length))
            {
                ManagedProducts<TKernel, TSimd, TVector, T>.AddLower(n, k, pa, pa, lda, pc, ldc);
                return;
            }

            int stride = PaddedRows.Stride(n);
            fixed (T* copy = Scratch<T>.Take(Scratch<T>.Work, checked(k * stride)))
            {
                ManagedProducts<TKernel, TSimd, TVector, T>.CopyRows(n, k, pa, lda, copy);
                ManagedProducts<TKernel, TSimd, TVector, T>.AddLower(n, k, copy, copy, stride, pc, ldc);
            }
        }
    }
}

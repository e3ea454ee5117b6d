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
    public PackedOperand<T> Pack(int m, int k, ReadOnlySpan<T> a, int lda)
    {
        DenseArguments.CheckMatrix(m, k, a, lda, nameof(a));
        fixed (T* source = a)
        {
            return StripProducts<TKernel, TSimd, TVector, T>.Pack(m, k, source, lda);
        }
    }

    public RowStrips Strips(int rows)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        return StripProducts<TKernel, TSimd, TVector, T>.Strips(rows);
    }

    public void MultiplyStrips(PackedOperand<T> a, RowStrips strips, ReadOnlySpan<T> b, int heightB, ReadOnlySpan<T> bias, Span<T> c)
    {
        ManagedPackedOperand<T> packed = DenseArguments.CheckPacked<T, ManagedPackedOperand<T>>(a);
        DenseArguments.CheckMultiplyStrips(packed, strips, Strips(strips.Rows), b, heightB, bias, c);
        fixed (T* pb = b, pbias = bias, pc = c)
        {
            StripProducts<TKernel, TSimd, TVector, T>.Multiply(packed, strips, pb, heightB, pbias, pc);
        }
    }

    public void AddStripProduct(
        int m, int n, RowStrips strips, ReadOnlySpan<T> a, int heightA, ReadOnlySpan<T> b, int heightB, Span<T> c, int ldc)
    {
        DenseArguments.CheckAddStripProduct(m, n, strips, Strips(strips.Rows), a, heightA, b, heightB, c, ldc);
        fixed (T* pa = a, pb = b, pc = c)
        {
            StripProducts<TKernel, TSimd, TVector, T>.AddProduct(m, n, strips, pa, heightA, pb, heightB, pc, ldc);
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

    public void SolveStrips(PackedFactor<T> factor, RowStrips strips, Span<T> b, int heightB)
    {
        ManagedPackedFactor<T> packed = DenseArguments.CheckFactor<T, ManagedPackedFactor<T>>(factor);
        DenseArguments.CheckStrips<T>(strips, Strips(strips.Rows), RowStrips.PaddedHeight(packed.Order), heightB, b, nameof(b));
        fixed (T* pb = b)
        {
            TriangularSolves<TKernel, TSimd, TVector, T>.Solve(packed, strips, pb, heightB);
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

using System.Numerics;

namespace GmmNative.Interop;

/// <summary>The dense operations in managed code, for one vector width and precision.</summary>
internal sealed unsafe class ManagedOperations<TKernel, TSimd, TVector, T> : IDenseOperations<T>
    where TKernel : struct, IProductKernel<TVector, T>
    where TSimd : struct, ISimd<TVector, T>
    where TVector : unmanaged
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public PackedOperand<T> Pack(int n, int k, ReadOnlySpan<T> b, int ldb)
    {
        DenseArguments.CheckMatrix(n, k, b, ldb, nameof(b));
        fixed (T* source = b)
        {
            return ManagedProducts<TKernel, TSimd, TVector, T>.Pack(n, k, source, ldb);
        }
    }

    public void MultiplyTransposed(int m, ReadOnlySpan<T> a, int lda, PackedOperand<T> b, Span<T> c, int ldc)
    {
        ManagedPackedOperand<T> packed = DenseArguments.CheckPacked<T, ManagedPackedOperand<T>>(b);
        DenseArguments.CheckMatrix(m, b.K, a, lda, nameof(a));
        DenseArguments.CheckMatrix(m, b.N, (ReadOnlySpan<T>)c, ldc, nameof(c));
        fixed (T* pa = a, pc = c)
        {
            ManagedProducts<TKernel, TSimd, TVector, T>.MultiplyTransposed(m, pa, lda, packed, pc, ldc);
        }
    }

    public void AddTransposedProduct(int m, int n, int k, ReadOnlySpan<T> a, int lda, ReadOnlySpan<T> b, int ldb, Span<T> c, int ldc)
    {
        DenseArguments.CheckMatrix(k, m, a, lda, nameof(a));
        DenseArguments.CheckMatrix(k, n, b, ldb, nameof(b));
        DenseArguments.CheckMatrix(m, n, (ReadOnlySpan<T>)c, ldc, nameof(c));
        fixed (T* pa = a, pb = b, pc = c)
        {
            ManagedProducts<TKernel, TSimd, TVector, T>.AddTransposedProduct(m, n, k, pa, lda, pb, ldb, pc, ldc, lowerOnly: false);
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

    public void SolveTriangular(int m, int n, ReadOnlySpan<T> l, int ldl, Span<T> x, int ldx)
    {
        DenseArguments.CheckMatrix(n, n, l, ldl, nameof(l));
        DenseArguments.CheckMatrix(m, n, (ReadOnlySpan<T>)x, ldx, nameof(x));
        fixed (T* pl = l, px = x)
        {
            ManagedFactorizations<TKernel, TSimd, TVector, T>.SolveTriangular(m, n, pl, ldl, px, ldx);
        }
    }

    public void AddSymmetricProduct(int n, int k, ReadOnlySpan<T> a, int lda, Span<T> c, int ldc)
    {
        DenseArguments.CheckMatrix(k, n, a, lda, nameof(a));
        DenseArguments.CheckMatrix(n, n, (ReadOnlySpan<T>)c, ldc, nameof(c));
        fixed (T* pa = a, pc = c)
        {
            ManagedProducts<TKernel, TSimd, TVector, T>.AddTransposedProduct(n, n, k, pa, lda, pa, lda, pc, ldc, lowerOnly: true);
        }
    }
}

using System.Numerics;
using System.Runtime.CompilerServices;
using GmmNative.Interop.Simd;

namespace GmmNative.Interop.Managed;

/// <summary>Computes blocks of a product: selects the kernel for the width of the block, and handles blocks at the edges of C.</summary>
internal static unsafe class ProductBlocks<TKernel, TSimd, TVector, T>
    where TKernel : struct, IProductKernel<TVector, T>
    where TSimd : struct, ISimd<TVector, T>
    where TVector : unmanaged
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>
    /// Runs the kernel on a block of one to three vectors per row, without a bias. <see cref="IProductKernel{TVector, T}"/> describes the
    /// operands.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Multiply<TAccess>(
        int vectors, int strips, int k, nint stripA, nint stepA, nint stepB, T* a, T* b, T* c, int ldc, bool add)
        where TAccess : struct, IOperandAccess
    {
        switch (vectors)
        {
            case 3:
                TKernel.Multiply<RowTile3<TSimd, TVector, T>, TAccess>(strips, k, stripA, stepA, stepB, a, b, c, ldc, add, null);
                break;
            case 2:
                TKernel.Multiply<RowTile2<TSimd, TVector, T>, TAccess>(strips, k, stripA, stepA, stepB, a, b, c, ldc, add, null);
                break;
            default:
                TKernel.Multiply<RowTile1<TSimd, TVector, T>, TAccess>(strips, k, stripA, stepA, stepB, a, b, c, ldc, add, null);
                break;
        }
    }

    /// <summary>Adds the part of a block in scratch memory that lies in C.</summary>
    /// <param name="block">The block.</param>
    /// <param name="width">The number of elements per row of the block.</param>
    /// <param name="c">The position of the block in C.</param>
    /// <param name="ldc">The leading dimension of C.</param>
    /// <param name="rows">The number of rows to add.</param>
    /// <param name="columns">The number of columns to add.</param>
    /// <param name="diagonal">The last column to add in row i is <c>diagonal + i</c>, if it is before the end.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddPart(T* block, int width, T* c, int ldc, int rows, int columns, int diagonal)
    {
        for (int i = 0; i < rows; i++)
        {
            T* from = block + (i * width);
            T* to = c + (i * (nint)ldc);
            int end = Math.Min(columns, diagonal + i + 1);
            for (int j = 0; j < end; j++)
            {
                to[j] += from[j];
            }
        }
    }
}

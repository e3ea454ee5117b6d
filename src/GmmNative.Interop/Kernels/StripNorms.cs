using System.Numerics;
using System.Runtime.CompilerServices;
using GmmNative.Interop.Seam;
using GmmNative.Interop.Simd;

namespace GmmNative.Interop.Kernels;

/// <summary>Computes squared norms of rows in strips. The same for all backends.</summary>
internal static unsafe class StripNorms
{
    /// <summary>Computes the sum of the squares of the first values of each row, and stores it as the next value.</summary>
    /// <remarks>
    /// Thread-safe. Summed in <typeparamref name="T"/>. All lanes are computed: the norm of a lane beyond the last row is 0 if its values
    /// are 0. The bits for a row are the same on the same processor, at any position.
    /// </remarks>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">The rows.</param>
    /// <param name="n">The number of leading values of a row whose squares are summed. The sum is stored at this place.</param>
    /// <exception cref="ArgumentException"><paramref name="n"/> is negative, or rows have no more than n values.</exception>
    public static void AppendSquares<T>(StripMatrix<T> x, int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        DenseArguments.CheckHeight(x.Height, n + 1, nameof(x));
        fixed (T* values = x.Values)
        {
            SimdDispatch.Run<SquaresOperation<T>, T>(new(x.Strips, n, values, x.Height));
        }
    }

    private readonly struct SquaresOperation<T>(RowStrips strips, int n, T* x, int height) : ISimdOperation<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<TSimd, TVector>()
            where TSimd : struct, ISimd<TVector, T>
            where TVector : unmanaged
        {
            int width = strips.Width;
            int values = n;
            T* strip = x;
            for (int s = 0; s < strips.Count; s++, strip += height * (nint)width)
            {
                for (int lane = 0; lane < width; lane += TSimd.Count)
                {
                    TVector sum = TSimd.Zero;
                    T* p = strip + lane;
                    for (int d = 0; d < values; d++, p += width)
                    {
                        TVector value = TSimd.Load(p);
                        sum = TSimd.MultiplyAdd(value, value, sum);
                    }

                    TSimd.Store(sum, p);
                }
            }
        }
    }
}

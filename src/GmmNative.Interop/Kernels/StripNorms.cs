using System.Numerics;
using System.Runtime.CompilerServices;
using GmmNative.Interop.Seam;
using GmmNative.Interop.Simd;

namespace GmmNative.Interop.Kernels;

/// <summary>Computes squared norms of rows in strips. The same for all backends.</summary>
internal static unsafe class StripNorms
{
    /// <summary>Computes the sum of the squares of the values of each row.</summary>
    /// <remarks>
    /// Thread-safe. Summed in <typeparamref name="T"/>. All lanes are computed: the norm of a lane beyond the last row is 0 if the lane is 0
    /// in <paramref name="x"/>. The bits for a row are the same on the same processor, at any position.
    /// </remarks>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">The rows.</param>
    /// <param name="norms">Receives one sum per row. Other values of its rows are not changed.</param>
    /// <param name="place">The place of the sum among the values of a row of <paramref name="norms"/>, from 0.</param>
    /// <exception cref="ArgumentException">The place is out of range, or the layouts differ.</exception>
    public static void Squares<T>(ReadOnlyStripMatrix<T> x, StripMatrix<T> norms, int place)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        DenseArguments.CheckSameLayout(norms.Strips, x.Strips);
        ArgumentOutOfRangeException.ThrowIfNegative(place);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(place, norms.Height);
        fixed (T* from = x.Values, to = norms.Values)
        {
            SimdDispatch.Run<SquaresOperation<T>, T>(new(x.Strips, x.Height, from, place, to, norms.Height));
        }
    }

    private readonly struct SquaresOperation<T>(RowStrips strips, int dimension, T* x, int place, T* norms, int height) : ISimdOperation<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<TSimd, TVector>()
            where TSimd : struct, ISimd<TVector, T>
            where TVector : unmanaged
        {
            int width = strips.Width;
            int values = dimension;
            T* strip = x;
            T* to = norms + (place * (nint)width);
            for (int s = 0; s < strips.Count; s++, strip += values * (nint)width, to += height * (nint)width)
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

                    TSimd.Store(sum, to + lane);
                }
            }
        }
    }
}

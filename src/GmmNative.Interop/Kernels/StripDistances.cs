using System.Numerics;
using System.Runtime.CompilerServices;
using GmmNative.Interop.Seam;
using GmmNative.Interop.Simd;

namespace GmmNative.Interop.Kernels;

/// <summary>Computes distances of rows in strips from a point. The same for all backends.</summary>
internal static unsafe class StripDistances
{
    /// <summary>Computes, for each row, the sum over values of ((x - point) scale)^2.</summary>
    /// <remarks>
    /// Thread-safe. Summed in <typeparamref name="T"/>. The bits for a row are the same on the same processor, at any position.
    /// </remarks>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">The rows.</param>
    /// <param name="point">One number per value.</param>
    /// <param name="scales">One number per value.</param>
    /// <param name="distances">Receives one sum per row.</param>
    /// <exception cref="ArgumentException">A span is too short.</exception>
    public static void ScaledSquares<T>(
        ReadOnlyStripMatrix<T> x, ReadOnlySpan<T> point, ReadOnlySpan<T> scales, Span<double> distances)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(point.Length, x.Height, nameof(point));
        ArgumentOutOfRangeException.ThrowIfLessThan(scales.Length, x.Height, nameof(scales));
        ArgumentOutOfRangeException.ThrowIfLessThan(distances.Length, x.Strips.Rows, nameof(distances));
        fixed (T* px = x.Values, pp = point, ps = scales)
        fixed (double* pd = distances)
        {
            SimdDispatch.Run<ScaledSquaresOperation<T>, T>(new(x.Strips, x.Height, px, pp, ps, pd));
        }
    }

    private readonly struct ScaledSquaresOperation<T>(RowStrips strips, int dimension, T* x, T* point, T* scales, double* distances)
        : ISimdOperation<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<TSimd, TVector>()
            where TSimd : struct, ISimd<TVector, T>
            where TVector : unmanaged
        {
            int width = strips.Width;
            int height = dimension;
            T* strip = x;
            T* center = point;
            T* factors = scales;
            double* to = distances;
            T* lanes = stackalloc T[TSimd.Count];
            for (int s = 0; s < strips.Count; s++, strip += height * (nint)width)
            {
                int rows = strips.RowsOf(s);
                for (int lane = 0; lane < rows; lane += TSimd.Count)
                {
                    TVector sum = TSimd.Zero;
                    T* p = strip + lane;
                    for (int d = 0; d < height; d++, p += width)
                    {
                        TVector difference = TSimd.Subtract(TSimd.Load(p), TSimd.Broadcast(center[d]));
                        TVector scaled = TSimd.Multiply(difference, TSimd.Broadcast(factors[d]));
                        sum = TSimd.MultiplyAdd(scaled, scaled, sum);
                    }

                    int count = Math.Min(TSimd.Count, rows - lane);
                    TSimd.Store(sum, lanes);
                    for (int i = 0; i < count; i++)
                    {
                        to[i] = double.CreateTruncating(lanes[i]);
                    }

                    to += count;
                }
            }
        }
    }
}

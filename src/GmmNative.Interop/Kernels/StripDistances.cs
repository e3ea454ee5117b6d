using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using GmmNative.Interop.Seam;
using GmmNative.Interop.Simd;

namespace GmmNative.Interop;

/// <summary>Distances of rows in strips from a point. The same for all backends.</summary>
public static unsafe class StripDistances
{
    /// <summary>For each row the sum over values of ((x - point) scale)^2.</summary>
    /// <remarks>
    /// Thread-safe; summed in <typeparamref name="T"/>; the same bits for the same row on the same processor, wherever it lies.
    /// </remarks>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="strips">The layout.</param>
    /// <param name="dimension">Values of each row.</param>
    /// <param name="x">The rows in strips.</param>
    /// <param name="point">One number a value.</param>
    /// <param name="scales">One number a value.</param>
    /// <param name="distances">Receives one sum a row.</param>
    /// <exception cref="ArgumentException">A span is too short, or the layout not of whole vectors.</exception>
    public static void ScaledSquares<T>(
        RowStrips strips, int dimension, ReadOnlySpan<T> x, ReadOnlySpan<T> point, ReadOnlySpan<T> scales, Span<double> distances)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        DenseArguments.CheckStrips(strips, strips, dimension, dimension, x, nameof(x));
        ArgumentOutOfRangeException.ThrowIfLessThan(point.Length, dimension, nameof(point));
        ArgumentOutOfRangeException.ThrowIfLessThan(scales.Length, dimension, nameof(scales));
        ArgumentOutOfRangeException.ThrowIfLessThan(distances.Length, strips.Rows, nameof(distances));
        fixed (T* px = x, pp = point, ps = scales)
        fixed (double* pd = distances)
        {
            switch (SimdWidth.Bits)
            {
                case 512:
                    Run<Simd512<T>, Vector512<T>, T>(strips, dimension, px, pp, ps, pd);
                    break;
                case 256:
                    Run<Simd256<T>, Vector256<T>, T>(strips, dimension, px, pp, ps, pd);
                    break;
                case 128:
                    Run<Simd128<T>, Vector128<T>, T>(strips, dimension, px, pp, ps, pd);
                    break;
                default:
                    Run<SimdScalar<T>, T, T>(strips, dimension, px, pp, ps, pd);
                    break;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run<TSimd, TVector, T>(RowStrips strips, int dimension, T* x, T* point, T* scales, double* distances)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : unmanaged
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int width = strips.Width;
        T* lanes = stackalloc T[TSimd.Count];
        for (int s = 0; s < strips.Count; s++, x += dimension * (nint)width)
        {
            int rows = Math.Min(width, strips.Rows - (s * width));
            for (int lane = 0; lane < rows; lane += TSimd.Count)
            {
                TVector sum = TSimd.Zero;
                T* p = x + lane;
                for (int d = 0; d < dimension; d++, p += width)
                {
                    TVector scaled = TSimd.Multiply(TSimd.Subtract(TSimd.Load(p), TSimd.Broadcast(point[d])), TSimd.Broadcast(scales[d]));
                    sum = TSimd.MultiplyAdd(scaled, scaled, sum);
                }

                int count = Math.Min(TSimd.Count, rows - lane);
                TSimd.Store(sum, lanes);
                for (int i = 0; i < count; i++)
                {
                    distances[i] = double.CreateTruncating(lanes[i]);
                }

                distances += count;
            }
        }
    }
}

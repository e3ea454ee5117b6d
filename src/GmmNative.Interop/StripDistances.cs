using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GmmNative.Interop;

/// <summary>Distances of rows in strips from a point. The same for all backends.</summary>
public static unsafe class StripDistances
{
    /// <summary>For each row the sum over values of ((x - point) scale)^2.</summary>
    /// <remarks>Thread-safe; the same bits for the same row on the same processor, wherever it lies.</remarks>
    /// <param name="strips">The layout, of whole vectors of double.</param>
    /// <param name="dimension">Values of each row.</param>
    /// <param name="x">The rows in strips.</param>
    /// <param name="point">One number a value.</param>
    /// <param name="scales">One number a value.</param>
    /// <param name="distances">Receives one sum a row.</param>
    /// <exception cref="ArgumentException">A span is too short, or the layout not of whole vectors.</exception>
    public static void ScaledSquares(
        RowStrips strips, int dimension, ReadOnlySpan<double> x, ReadOnlySpan<double> point, ReadOnlySpan<double> scales, Span<double> distances)
    {
        DenseArguments.CheckStrips(strips, strips, dimension, dimension, x, nameof(x));
        ArgumentOutOfRangeException.ThrowIfLessThan(point.Length, dimension, nameof(point));
        ArgumentOutOfRangeException.ThrowIfLessThan(scales.Length, dimension, nameof(scales));
        ArgumentOutOfRangeException.ThrowIfLessThan(distances.Length, strips.Rows, nameof(distances));
        fixed (double* px = x, pp = point, ps = scales, pd = distances)
        {
            switch (SimdWidth.Bits)
            {
                case 512:
                    Run<Simd512<double>, Vector512<double>>(strips, dimension, px, pp, ps, pd);
                    break;
                case 256:
                    Run<Simd256<double>, Vector256<double>>(strips, dimension, px, pp, ps, pd);
                    break;
                case 128:
                    Run<Simd128<double>, Vector128<double>>(strips, dimension, px, pp, ps, pd);
                    break;
                default:
                    Run<SimdScalar<double>, double>(strips, dimension, px, pp, ps, pd);
                    break;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run<TSimd, TVector>(RowStrips strips, int dimension, double* x, double* point, double* scales, double* distances)
        where TSimd : struct, ISimd<TVector, double>
        where TVector : unmanaged
    {
        int width = strips.Width;
        double* lanes = stackalloc double[TSimd.Count];
        for (int s = 0; s < strips.Count; s++, x += dimension * (nint)width)
        {
            int rows = Math.Min(width, strips.Rows - (s * width));
            for (int lane = 0; lane < rows; lane += TSimd.Count)
            {
                TVector sum = TSimd.Zero;
                double* p = x + lane;
                for (int d = 0; d < dimension; d++, p += width)
                {
                    TVector scaled = TSimd.Multiply(TSimd.Subtract(TSimd.Load(p), TSimd.Broadcast(point[d])), TSimd.Broadcast(scales[d]));
                    sum = TSimd.MultiplyAdd(scaled, scaled, sum);
                }

                int count = Math.Min(TSimd.Count, rows - lane);
                TSimd.Store(sum, lanes);
                new ReadOnlySpan<double>(lanes, count).CopyTo(new Span<double>(distances, count));
                distances += count;
            }
        }
    }
}

using System.Runtime.CompilerServices;
using GmmNative.Interop.Simd;

namespace GmmNative.Interop.Kernels;

/// <summary>Computes log-sum-exp and posteriors of one row, with components in vector lanes.</summary>
/// <remarks>Thread-safe.</remarks>
internal static unsafe class LanePosteriors
{
    /// <summary>Replaces squared distances by log joint densities: normalizer - distance / 2.</summary>
    /// <remarks>A distance of NaN, which is beyond the range of double, gives minus infinity.</remarks>
    /// <param name="count">K, in whole blocks of <see cref="ComponentLanes"/>.</param>
    /// <param name="normalizers">One number per component; minus infinity in lanes without a component.</param>
    /// <param name="distances">Squared distances; replaced by the log joint densities.</param>
    /// <returns>The largest log joint density.</returns>
    public static double LogJoint(int count, double* normalizers, double* distances) =>
        SimdDispatch.Run<LogJointOperation, double, double>(new(count, normalizers, distances));

    /// <summary>Replaces each l by exp(l - max), and returns their sum.</summary>
    /// <param name="count">K, in whole blocks of <see cref="ComponentLanes"/>.</param>
    /// <param name="max">The largest l, finite.</param>
    /// <param name="l">Log joint densities.</param>
    public static double Exponentials(int count, double max, double* l) =>
        SimdDispatch.Run<ExponentialOperation, double, double>(new(count, max, l));

    private readonly struct LogJointOperation(int count, double* normalizers, double* distances) : ISimdFunction<double, double>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public double Run<TSimd, TVector>()
            where TSimd : struct, ISimd<TVector, double>
            where TVector : unmanaged
        {
            int components = count;
            double* from = normalizers;
            double* to = distances;
            TVector half = TSimd.Broadcast(-0.5);
            TVector none = TSimd.Broadcast(double.NegativeInfinity);
            TVector below = TSimd.Broadcast(-1);
            TVector max = none;
            for (int k = 0; k < components; k += TSimd.Count)
            {
                TVector distance = TSimd.Load(to + k);

                // A comparison with NaN is false, so the last operand is selected.
                TVector l = TSimd.SelectGreater(distance, below, TSimd.MultiplyAdd(distance, half, TSimd.Load(from + k)), none);
                TSimd.Store(l, to + k);
                max = TSimd.Max(max, l);
            }

            return TSimd.MaxElement(max);
        }
    }

    private readonly struct ExponentialOperation(int count, double max, double* l) : ISimdFunction<double, double>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public double Run<TSimd, TVector>()
            where TSimd : struct, ISimd<TVector, double>
            where TVector : unmanaged
        {
            int components = count;
            double* values = l;
            TVector largest = TSimd.Broadcast(max);
            TVector sum = TSimd.Zero;
            for (int k = 0; k < components; k += TSimd.Count)
            {
                TVector p = Exponential<TSimd, TVector, double>.OfNonPositive(TSimd.Subtract(TSimd.Load(values + k), largest));
                TSimd.Store(p, values + k);
                sum = TSimd.Add(sum, p);
            }

            return TSimd.Sum(sum);
        }
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using GmmNative.Interop.Simd;

namespace GmmNative.Interop.Kernels;

/// <summary>Log-sum-exp and posteriors of one row, components in vector lanes.</summary>
/// <remarks>Thread-safe.</remarks>
internal static unsafe class LanePosteriors
{
    /// <summary>Makes log joint densities of squared distances: normalizer - distance / 2.</summary>
    /// <remarks>A distance that is NaN, beyond the range of double, gives minus infinity.</remarks>
    /// <param name="count">K in whole blocks of <see cref="ComponentLanes"/>.</param>
    /// <param name="normalizers">One a component; minus infinity in lanes without one.</param>
    /// <param name="distances">Squared distances; replaced by the log joint densities.</param>
    /// <returns>The largest.</returns>
    public static double LogJoint(int count, double* normalizers, double* distances) => SimdWidth.Bits switch
    {
        512 => LogJoint<Simd512<double>, Vector512<double>>(count, normalizers, distances),
        256 => LogJoint<Simd256<double>, Vector256<double>>(count, normalizers, distances),
        128 => LogJoint<Simd128<double>, Vector128<double>>(count, normalizers, distances),
        _ => LogJoint<SimdScalar<double>, double>(count, normalizers, distances),
    };

    /// <summary>Replaces each l by exp(l - max), and gives their sum.</summary>
    /// <param name="count">K in whole blocks of <see cref="ComponentLanes"/>.</param>
    /// <param name="max">The largest l, finite.</param>
    /// <param name="l">Log joint densities.</param>
    public static double Exponentials(int count, double max, double* l) => SimdWidth.Bits switch
    {
        512 => Exponentials<Simd512<double>, Vector512<double>>(count, max, l),
        256 => Exponentials<Simd256<double>, Vector256<double>>(count, max, l),
        128 => Exponentials<Simd128<double>, Vector128<double>>(count, max, l),
        _ => Exponentials<SimdScalar<double>, double>(count, max, l),
    };

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double LogJoint<TSimd, TVector>(int count, double* normalizers, double* distances)
        where TSimd : struct, ISimd<TVector, double>
        where TVector : unmanaged
    {
        TVector half = TSimd.Broadcast(-0.5);
        TVector none = TSimd.Broadcast(double.NegativeInfinity);
        TVector below = TSimd.Broadcast(-1);
        TVector max = none;
        for (int k = 0; k < count; k += TSimd.Count)
        {
            TVector distance = TSimd.Load(distances + k);

            // Nothing is greater than NaN or less than it.
            TVector l = TSimd.SelectGreater(distance, below, TSimd.MultiplyAdd(distance, half, TSimd.Load(normalizers + k)), none);
            TSimd.Store(l, distances + k);
            max = TSimd.Max(max, l);
        }

        return TSimd.MaxElement(max);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Exponentials<TSimd, TVector>(int count, double max, double* l)
        where TSimd : struct, ISimd<TVector, double>
        where TVector : unmanaged
    {
        TVector largest = TSimd.Broadcast(max);
        TVector sum = TSimd.Zero;
        for (int k = 0; k < count; k += TSimd.Count)
        {
            TVector p = Exponential<TSimd, TVector, double>.OfNonPositive(TSimd.Subtract(TSimd.Load(l + k), largest));
            TSimd.Store(p, l + k);
            sum = TSimd.Add(sum, p);
        }

        return TSimd.Sum(sum);
    }
}

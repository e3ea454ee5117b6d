using System.Runtime.CompilerServices;
using GmmNative.Interop.Simd;

namespace GmmNative.Interop.Kernels;

/// <summary>
/// Infinite sequences of random numbers whose elements are computed on their own: element i is a function of the key and i. The same for
/// all backends.
/// </summary>
/// <remarks>
/// The words of <see cref="Threefry{TSimd, TVector}"/> for the counters 8 u to 8 u + 7 make unit u of 16 numbers: the first words its first
/// 8 numbers, the second words its last 8. So the words do not depend on the width of vectors. Normal numbers differ between processors
/// only by rounding. Thread-safe.
/// </remarks>
internal static unsafe class RandomNumbers
{
    /// <summary>The number of numbers per unit.</summary>
    public const int UnitLength = 16;

    private const int Half = UnitLength / 2;

    private static readonly ulong[] s_places = [0, 1, 2, 3, 4, 5, 6, 7];

    /// <summary>Computes independent standard normal numbers.</summary>
    /// <param name="key">The key of the sequence.</param>
    /// <param name="firstUnit">The unit of the first number, from 0.</param>
    /// <param name="numbers">Receives whole units.</param>
    /// <exception cref="ArgumentException">The length is not a multiple of <see cref="UnitLength"/>.</exception>
    public static void Normals(RandomKey key, ulong firstUnit, Span<double> numbers) => Run(key, firstUnit, numbers, normal: true);

    /// <summary>Computes independent uniform numbers from 0 to 1, without 1: multiples of 2^-52.</summary>
    /// <inheritdoc cref="Normals"/>
    public static void Uniforms(RandomKey key, ulong firstUnit, Span<double> numbers) => Run(key, firstUnit, numbers, normal: false);

    private static void Run(RandomKey key, ulong firstUnit, Span<double> numbers, bool normal)
    {
        if (numbers.Length % UnitLength != 0)
        {
            throw new ArgumentException($"The length must be a multiple of {UnitLength}, not {numbers.Length}.", nameof(numbers));
        }

        fixed (double* to = numbers)
        fixed (ulong* places = s_places)
        {
            SimdDispatch.Run<Generation, double>(new(key, firstUnit * Half, (double*)places, numbers.Length / UnitLength, to, normal));
        }
    }

    private readonly struct Generation(RandomKey key, ulong firstCounter, double* places, int units, double* numbers, bool normal)
        : ISimdOperation<double>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<TSimd, TVector>()
            where TSimd : struct, ISimd<TVector, double>
            where TVector : unmanaged
        {
            if (normal)
            {
                Normals<TSimd, TVector>(key, firstCounter, places, units, numbers);
            }
            else
            {
                Uniforms<TSimd, TVector>(key, firstCounter, places, units, numbers);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Normals<TSimd, TVector>(RandomKey key, ulong counter, double* places, int units, double* to)
            where TSimd : struct, ISimd<TVector, double>
            where TVector : unmanaged
        {
            for (int u = 0; u < units; u++, counter += Half, to += UnitLength)
            {
                for (int place = 0; place < Half; place += TSimd.Count)
                {
                    Words<TSimd, TVector>(key, counter, places + place, out TVector first, out TVector second);
                    NormalPairs<TSimd, TVector>.Transform(ref first, ref second);
                    TSimd.Store(first, to + place);
                    TSimd.Store(second, to + Half + place);
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Uniforms<TSimd, TVector>(RandomKey key, ulong counter, double* places, int units, double* to)
            where TSimd : struct, ISimd<TVector, double>
            where TVector : unmanaged
        {
            TVector one = TSimd.Broadcast(1);
            for (int u = 0; u < units; u++, counter += Half, to += UnitLength)
            {
                for (int place = 0; place < Half; place += TSimd.Count)
                {
                    Words<TSimd, TVector>(key, counter, places + place, out TVector first, out TVector second);
                    TSimd.Store(TSimd.Subtract(NormalPairs<TSimd, TVector>.FromOneToTwo(first), one), to + place);
                    TSimd.Store(TSimd.Subtract(NormalPairs<TSimd, TVector>.FromOneToTwo(second), one), to + Half + place);
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void Words<TSimd, TVector>(RandomKey key, ulong counter, double* places, out TVector first, out TVector second)
            where TSimd : struct, ISimd<TVector, double>
            where TVector : unmanaged
        {
            first = TSimd.AddBits(TSimd.Load(places), Threefry<TSimd, TVector>.Words(counter));
            second = TSimd.Zero;
            Threefry<TSimd, TVector>.Run(key.Seed, key.Stream, ref first, ref second);
        }
    }
}

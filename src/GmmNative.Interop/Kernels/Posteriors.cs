using System.Numerics;
using System.Runtime.CompilerServices;
using GmmNative.Interop.Seam;
using GmmNative.Interop.Simd;

namespace GmmNative.Interop.Kernels;

/// <summary>
/// Log-sum-exp and its gradient over the rows of a matrix in row strips; the exponential pass between the two matrix products. The same for
/// all backends.
/// </summary>
internal static unsafe class Posteriors
{
    /// <summary>
    /// For each row l of L replaces l by p = exp(l - s), where s = log(sum(exp(l))), and gives s. In statistics: log joint densities
    /// become posteriors, and s is the log-density of the row.
    /// </summary>
    /// <remarks>
    /// A row all of whose l are minus infinity (densities beyond the range of <typeparamref name="T"/>) has s minus infinity and equal
    /// posteriors. An l that is NaN or plus infinity makes p and s of its row NaN, and the sums with them, but no other row. Lanes beyond
    /// the last row may hold anything and become 0. A p less than the smallest normal number may become 0. Thread-safe; the same bits for
    /// the same row on the same processor, wherever it lies.
    /// </remarks>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="l">L.</param>
    /// <param name="n">Values of each row, the first; at least 1. Those beyond become 0.</param>
    /// <param name="logSums">Receives s, one a row, in double. Empty where single rows are not wanted, which saves their
    /// logarithms.</param>
    /// <param name="sums">n numbers; the sum of p over rows is added to each. Empty where sums are not wanted.</param>
    /// <returns>The sum of s over rows.</returns>
    /// <exception cref="ArgumentException">A span is too short, <paramref name="n"/> less than 1, or there are fewer values a
    /// row.</exception>
    public static double FromLogJoint<T>(StripMatrix<T> l, int n, Span<double> logSums, Span<double> sums)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        DenseArguments.CheckHeight(l.Height, n, nameof(l));
        if (!logSums.IsEmpty)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(logSums.Length, l.Strips.Rows, nameof(logSums));
        }

        if (!sums.IsEmpty)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(sums.Length, n, nameof(sums));
        }

        fixed (T* pl = l.Values)
        fixed (double* plog = logSums, psums = sums)
        {
            return SimdDispatch.Run<LogSumExp<T>, T, double>(new(l.Strips, n, pl, l.Height, plog, psums));
        }
    }

    private readonly struct LogSumExp<T>(RowStrips strips, int n, T* l, int height, double* logSums, double* sums)
        : ISimdFunction<T, double>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public double Run<TSimd, TVector>()
            where TSimd : struct, ISimd<TVector, T>
            where TVector : unmanaged => StripPosteriors<TSimd, TVector, T>.Run(strips, n, l, height, logSums, sums);
    }
}

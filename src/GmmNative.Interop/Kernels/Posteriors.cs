using System.Numerics;
using System.Runtime.CompilerServices;
using GmmNative.Interop.Seam;
using GmmNative.Interop.Simd;

namespace GmmNative.Interop.Kernels;

/// <summary>
/// Computes log-sum-exp and its gradient over the rows of a matrix in row strips. This is the exponential pass between the two matrix
/// products. The same for all backends.
/// </summary>
internal static unsafe class Posteriors
{
    /// <summary>
    /// Replaces each l in a row of L by p = exp(l - s), where s = log(sum(exp(l))). In statistics, log joint densities become posteriors,
    /// and s is the log-density of the row.
    /// </summary>
    /// <remarks>
    /// If all l of a row are minus infinity (densities below the range of <typeparamref name="T"/>), s is minus infinity and all posteriors
    /// are equal. If an l is NaN or plus infinity, p and s of its row are NaN, and so are the sums, but no other row is affected. Lanes
    /// beyond the last row may contain any values and become 0. A p below 1e-289, or 1e-30 in single precision, may become 0. Thread-safe.
    /// The bits for a row are the same on the same processor, at any position.
    /// </remarks>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="l">L.</param>
    /// <param name="n">The number of leading values of each row that are used, at least 1. The values beyond become 0.</param>
    /// <param name="logSums">
    /// Receives s of each row in double. If it is empty, single rows are not needed, which saves their logarithms.
    /// </param>
    /// <param name="sums">n numbers, to each of which the sum of p over rows is added. Empty if the sums are not needed.</param>
    /// <returns>The sum of s over rows.</returns>
    /// <exception cref="ArgumentException">
    /// A span is too short, <paramref name="n"/> is below 1, or rows have fewer than <paramref name="n"/> values.
    /// </exception>
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

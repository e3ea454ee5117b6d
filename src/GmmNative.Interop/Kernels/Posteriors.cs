using System.Numerics;
using System.Runtime.Intrinsics;
using GmmNative.Interop.Kernels;
using GmmNative.Interop.Seam;
using GmmNative.Interop.Simd;

namespace GmmNative.Interop;

/// <summary>
/// Log-sum-exp and its gradient over the rows of a matrix in row strips; the exponential pass between the two matrix products. The same for
/// all backends.
/// </summary>
public static unsafe class Posteriors
{
    /// <summary>
    /// For each row l of L replaces l by p = exp(l - s), where s = log(sum(exp(l))), and gives s. In statistics: log joint densities
    /// become posteriors, and s is the log-density of the row.
    /// </summary>
    /// <remarks>
    /// A row all of whose l are minus infinity (densities beyond the range of <typeparamref name="T"/>) has s minus infinity and equal
    /// posteriors. An l that is NaN or plus infinity makes p and s of its row NaN, and the sums with them, but no other row. Lanes beyond
    /// the last row may hold anything and become 0. A p less than the least normal number may become 0. Thread-safe; the same bits for
    /// the same row on the same processor, wherever it lies.
    /// </remarks>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="strips">The layout of L.</param>
    /// <param name="n">Values of each row, at least 1.</param>
    /// <param name="l">L.</param>
    /// <param name="height">Values a row that L has room for, at least <paramref name="n"/>; those beyond n become 0.</param>
    /// <param name="logSums">Receives s, one a row, in double. Empty where single rows are not wanted, which saves their
    /// logarithms.</param>
    /// <param name="sums">n numbers; the sum of p over rows is added to each. Empty where sums are not wanted.</param>
    /// <returns>The sum of s over rows.</returns>
    /// <exception cref="ArgumentException">A span is too short, <paramref name="n"/> less than 1, or the layout not of whole
    /// vectors.</exception>
    public static double FromLogJoint<T>(RowStrips strips, int n, Span<T> l, int height, Span<double> logSums, Span<double> sums)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        DenseArguments.CheckStrips<T>(strips, strips, n, height, l, nameof(l));
        if (!logSums.IsEmpty)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(logSums.Length, strips.Rows, nameof(logSums));
        }

        if (!sums.IsEmpty)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(sums.Length, n, nameof(sums));
        }

        fixed (T* pl = l)
        fixed (double* plog = logSums, psums = sums)
        {
            switch (SimdWidth.Bits)
            {
                case 512:
                    return StripPosteriors<Simd512<T>, Vector512<T>, T>.Run(strips, n, pl, height, plog, psums);
                case 256:
                    return StripPosteriors<Simd256<T>, Vector256<T>, T>.Run(strips, n, pl, height, plog, psums);
                case 128:
                    return StripPosteriors<Simd128<T>, Vector128<T>, T>.Run(strips, n, pl, height, plog, psums);
                default:
                    return StripPosteriors<SimdScalar<T>, T, T>.Run(strips, n, pl, height, plog, psums);
            }
        }
    }
}

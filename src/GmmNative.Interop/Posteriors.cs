using System.Numerics;
using System.Runtime.Intrinsics;

namespace GmmNative.Interop;

/// <summary>Log-sum-exp and its gradient over the rows of a matrix; the exponential pass between the two matrix products. The same for all backends.</summary>
public static unsafe class Posteriors
{
    /// <summary>
    /// The row stride, at least <paramref name="n"/>, at which a matrix of n columns must be laid out: rows of whole 64-byte units.
    /// </summary>
    public static int PaddedWidth<T>(int n)
        where T : unmanaged
    {
        int unit = 64 / sizeof(T);
        return checked((n + unit - 1) / unit * unit);
    }

    /// <summary>
    /// For each row l of L replaces l by p = exp(l + b - s), where s = log(sum(exp(l + b))), and gives s. In statistics: log joint
    /// densities become posteriors, and s is the log-density of the row.
    /// </summary>
    /// <remarks>
    /// A row all of whose l + b are minus infinity (densities beyond the range of <typeparamref name="T"/>) has s minus infinity, and gets equal
    /// posteriors on all columns whose bias is finite. Thread-safe; the same bits for the same row on the same processor.
    /// </remarks>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="rows">Rows of L.</param>
    /// <param name="l">L, with rows <c>PaddedWidth(n)</c> apart; what lies in the padding must not be NaN or plus infinity, and becomes 0.</param>
    /// <param name="bias">b, <c>PaddedWidth(n)</c> elements, minus infinity in the padding.</param>
    /// <param name="logSums">Receives s, one a row, in double.</param>
    /// <exception cref="ArgumentException">A span is too short, or the bias no whole number of 64-byte units.</exception>
    public static void FromLogJoint<T>(int rows, Span<T> l, ReadOnlySpan<T> bias, Span<double> logSums)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int width = bias.Length;
        if (width == 0 || width != PaddedWidth<T>(width))
        {
            throw new ArgumentException("The bias must be a whole number of 64-byte units long.", nameof(bias));
        }

        DenseArguments.CheckMatrix<T>(rows, width, l, width, nameof(l));
        ArgumentOutOfRangeException.ThrowIfLessThan(logSums.Length, rows, nameof(logSums));
        fixed (T* pl = l, pb = bias)
        fixed (double* ps = logSums)
        {
            switch (SimdWidth.Bits)
            {
                case 512:
                    Run<Simd512<T>, Vector512<T>, T>(rows, width, pl, pb, ps);
                    break;
                case 256:
                    Run<Simd256<T>, Vector256<T>, T>(rows, width, pl, pb, ps);
                    break;
                case 128:
                    Run<Simd128<T>, Vector128<T>, T>(rows, width, pl, pb, ps);
                    break;
                default:
                    Run<SimdScalar<T>, T, T>(rows, width, pl, pb, ps);
                    break;
            }
        }
    }

    private static void Run<TSimd, TVector, T>(int rows, int width, T* l, T* bias, double* logSums)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : unmanaged
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int r = 0; r < rows; r++, l += width)
        {
            TVector top = TSimd.Broadcast(T.NegativeInfinity);
            for (int k = 0; k < width; k += TSimd.Count)
            {
                TVector joint = TSimd.Add(TSimd.Load(l + k), TSimd.Load(bias + k));
                TSimd.Store(joint, l + k);
                top = TSimd.Max(top, joint);
            }

            T max = TSimd.MaxElement(top);
            if (T.IsNegativeInfinity(max))
            {
                SpreadEvenly(width, l, bias);
                logSums[r] = double.NegativeInfinity;
                continue;
            }

            TVector offset = TSimd.Broadcast(max);
            TVector sums = TSimd.Zero;
            for (int k = 0; k < width; k += TSimd.Count)
            {
                TVector exp = TSimd.ExpOfNonPositive(TSimd.Subtract(TSimd.Load(l + k), offset));
                TSimd.Store(exp, l + k);
                sums = TSimd.Add(sums, exp);
            }

            T sum = TSimd.Sum(sums);
            TVector scale = TSimd.Broadcast(T.One / sum);
            for (int k = 0; k < width; k += TSimd.Count)
            {
                TSimd.Store(TSimd.Multiply(TSimd.Load(l + k), scale), l + k);
            }

            logSums[r] = double.CreateTruncating(max) + Math.Log(double.CreateTruncating(sum));
        }
    }

    private static void SpreadEvenly<T>(int width, T* l, T* bias)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int finite = 0;
        for (int k = 0; k < width; k++)
        {
            finite += T.IsFinite(bias[k]) ? 1 : 0;
        }

        T share = finite > 0 ? T.One / T.CreateTruncating(finite) : T.Zero;
        for (int k = 0; k < width; k++)
        {
            l[k] = T.IsFinite(bias[k]) ? share : T.Zero;
        }
    }
}

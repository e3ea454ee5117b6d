using System.Diagnostics;
using System.Numerics;
using GmmNative.Interop;
using GmmNative.Interop.Seam;

namespace GmmNative.Benchmarks;

/// <summary>
/// The rate that the machine reaches in matrix products, measured in this process: the fastest backend's, in a large one or in one whose
/// operands stay in a core's second level of cache, whichever is faster.
/// </summary>
public static class PeakRate
{
    /// <summary>Additions and multiplications of a round, so that starting threads does not count.</summary>
    private const double OperationsOfRound = 2e9;

    private static readonly ProductShape s_large = new(1008, 1008, 1008);
    private static readonly ProductShape s_cached = new(480, 256, 256);
    private static readonly Dictionary<(Precision Precision, int Threads), double> s_rates = [];

    /// <summary>The rate in GFLOP/s, measured at the first use.</summary>
    /// <param name="precision">Precision of the product.</param>
    /// <param name="threads">Threads that each compute a product of their own.</param>
    public static double Of(Precision precision, int threads)
    {
        if (!s_rates.TryGetValue((precision, threads), out double rate))
        {
            rate = precision == Precision.Single ? Fastest<float>(threads) : Fastest<double>(threads);
            s_rates.Add((precision, threads), rate);
        }

        return rate;
    }

    private static double Fastest<T>(int threads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => (from kind in AvailableBackends.Kinds
            from shape in (ProductShape[])[s_large, s_cached]
            select Measure(Backends.Select(kind).Backend.Operations<T>(), shape, threads)).Max();

    private static double Measure<T>(IDenseOperations<T> operations, ProductShape shape, int threads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int rounds = CheckMode.IsOn ? 1 : 7;
        double operationsOfProduct = 2.0 * shape.Rows * shape.Features * shape.Components;
        int products = CheckMode.IsOn ? 1 : (int)Math.Ceiling(OperationsOfRound / operationsOfProduct);
        RowStrips strips = operations.Strips(shape.Rows);
        int height = RowStrips.PaddedHeight(shape.Components);
        int featureHeight = RowStrips.PaddedHeight(shape.Features);
        PackedOperand<T> packed = operations.Pack(
            shape.Components, shape.Features, RandomNumbers.Buffer<T>(shape.Components * shape.Features).Span, shape.Features);
        AlignedBuffer<T>[] operands = [.. Enumerable.Range(0, threads).Select(_ => RandomNumbers.Buffer<T>(strips.Length(featureHeight)))];
        AlignedBuffer<T>[] results = [.. operands.Select(_ => new AlignedBuffer<T>(strips.Length(height)))];
        T[] bias = new T[height];
        double best = double.PositiveInfinity;
        for (int round = 0; round < rounds; round++)
        {
            long start = Stopwatch.GetTimestamp();
            Thread[] workers = [.. Enumerable.Range(0, threads).Select(i => new Thread(() =>
            {
                for (int product = 0; product < products; product++)
                {
                    operations.MultiplyStrips(
                        packed, new StripMatrix<T>(strips, operands[i].Span, featureHeight), bias,
                        new StripMatrix<T>(strips, results[i].Span, height));
                }
            }))];
            Array.ForEach(workers, worker => worker.Start());
            Array.ForEach(workers, worker => worker.Join());
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return operationsOfProduct * products * threads / best / 1e9;
    }
}

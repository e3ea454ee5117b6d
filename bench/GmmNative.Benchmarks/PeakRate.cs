using System.Diagnostics;
using System.Numerics;
using GmmNative.Interop;

namespace GmmNative.Benchmarks;

/// <summary>The rate that the machine reaches in large matrix products: the fastest backend's, measured in this process.</summary>
public static class PeakRate
{
    /// <summary>Order of the large product: 8 MB of doubles an operand, as many times used as it is wide.</summary>
    private const int Order = 1008;

    private static readonly Dictionary<(Precision Precision, int Threads), double> s_rates = [];

    /// <summary>GFLOP/s; measured when first asked for.</summary>
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
        => AvailableBackends.Kinds.Max(kind => Measure(Backends.Select(kind).Backend.Operations<T>(), threads));

    private static double Measure<T>(IDenseOperations<T> operations, int threads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int order = CheckMode.IsOn ? 96 : Order;
        int rounds = CheckMode.IsOn ? 1 : 10;
        RowStrips strips = operations.Strips(order);
        int height = RowStrips.PaddedHeight(order);
        PackedOperand<T> packed = operations.Pack(order, order, RandomNumbers.Buffer<T>(order * order).Span, order);
        AlignedBuffer<T>[] operands = [.. Enumerable.Range(0, threads).Select(_ => RandomNumbers.Buffer<T>(strips.Length(height)))];
        AlignedBuffer<T>[] results = [.. operands.Select(_ => new AlignedBuffer<T>(strips.Length(height)))];
        T[] bias = new T[height];
        double best = double.PositiveInfinity;
        for (int round = 0; round < rounds; round++)
        {
            long start = Stopwatch.GetTimestamp();
            Thread[] workers = [.. Enumerable.Range(0, threads).Select(i => new Thread(() =>
                operations.MultiplyStrips(packed, strips, operands[i].Span, height, bias, results[i].Span)))];
            Array.ForEach(workers, worker => worker.Start());
            Array.ForEach(workers, worker => worker.Join());
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return 2.0 * order * order * order * threads / best / 1e9;
    }
}

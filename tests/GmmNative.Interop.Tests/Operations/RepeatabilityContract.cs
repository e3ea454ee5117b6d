using System.Numerics;
using System.Runtime.InteropServices;
using GmmNative.TestSupport;

namespace GmmNative.Interop.Tests;

/// <summary>The same bits for the same arguments, and backends against each other at sizes that the reference is too slow for.</summary>
public abstract class RepeatabilityContract<T> : DenseOperationsContract<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [Theory]
    [ClassData(typeof(AvailableBackends))]
    public void AllOperations_RepeatedCalls_GiveSameBits(BackendKind kind)
    {
        IDenseOperations<T> operations = Operations(kind);
        T[] first = RunEverything(operations, offset: 0);
        Assert.DoesNotContain(first, T.IsInfinity);
        for (int i = 0; i < 3; i++)
        {
            AssertSameBits(first, RunEverything(operations, offset: 0));
        }
    }

    [Theory]
    [ClassData(typeof(AvailableBackends))]
    public void AllOperations_FromSeveralThreads_GiveSameBits(BackendKind kind)
    {
        IDenseOperations<T> operations = Operations(kind);
        T[] expected = RunEverything(operations, offset: 0);
        var results = new T[8][];
        var threads = new Thread[results.Length];
        using var start = new Barrier(threads.Length);
        for (int i = 0; i < threads.Length; i++)
        {
            int slot = i;
            threads[i] = new Thread(() =>
            {
                start.SignalAndWait();
                for (int round = 0; round < 5; round++)
                {
                    results[slot] = RunEverything(operations, offset: 0);
                }
            });
            threads[i].Start();
        }

        foreach (Thread thread in threads)
        {
            thread.Join();
        }

        Assert.All(results, result => AssertSameBits(expected, result));
    }

    [Theory]
    [ClassData(typeof(AvailableBackends))]
    public void Products_LargeSizes_AgreeWithManagedBackend(BackendKind kind)
    {
        const int M = 515;
        const int N = 263;
        const int K = 1031;
        var random = new Random(10);
        PaddedMatrix<T> a = PaddedMatrix<T>.Random(random, M, K);
        PaddedMatrix<T> b = PaddedMatrix<T>.Random(random, N, K);
        var results = new List<PaddedMatrix<T>>();
        foreach (DenseBackend backend in (DenseBackend[])[Backends.Managed, TestBackends.Get(kind)])
        {
            IDenseOperations<T> operations = backend.Operations<T>();
            var c = new PaddedMatrix<T>(M, N, 3, (_, _) => 0);
            operations.MultiplyTransposed(M, a.Span, a.LeadingDimension, operations.Pack(N, K, b.Span, b.LeadingDimension), c.Span, c.LeadingDimension);
            results.Add(c);

            var sum = new PaddedMatrix<T>(K, K, 1, (_, _) => 0);
            operations.AddTransposedProduct(K, K, N, b.Span, b.LeadingDimension, a.Span, a.LeadingDimension, sum.Span, sum.LeadingDimension);
            results.Add(sum);

            var gram = new PaddedMatrix<T>(K, K, 2, (_, _) => 0);
            operations.AddSymmetricProduct(K, M, a.Span, a.LeadingDimension, gram.Span, gram.LeadingDimension);
            results.Add(gram);
        }

        // Elements are below 0.5, and at most K of their products are summed; both results err by at most gamma_K of that sum.
        double bound = 2 * ErrorBound<T>.Gamma(K) * K * 0.25;
        for (int r = 0; r < 3; r++)
        {
            T[] expected = results[r].Snapshot();
            T[] actual = results[r + 3].Snapshot();
            for (int i = 0; i < expected.Length; i++)
            {
                double difference = double.CreateChecked(actual[i] - expected[i]);
                bool padding = T.IsNaN(expected[i]) && T.IsNaN(actual[i]);
                if (!padding && !(Math.Abs(difference) <= bound))
                {
                    Assert.Fail($"Result {r}, element {i}: {actual[i]} for {expected[i]}.");
                }
            }
        }
    }

    private static void AssertSameBits(T[] expected, T[] actual) =>
        Assert.True(MemoryMarshal.AsBytes<T>(expected).SequenceEqual(MemoryMarshal.AsBytes<T>(actual)), "The bits differ.");
}

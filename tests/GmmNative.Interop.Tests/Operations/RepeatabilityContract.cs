using System.Numerics;
using System.Runtime.InteropServices;
using GmmNative.Interop.Seam;

namespace GmmNative.Interop.Tests;

/// <summary>The same bits for the same arguments.</summary>
public abstract class RepeatabilityContract<T> : DenseOperationsContract<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [Theory]
    [ClassData(typeof(AvailableBackends))]
    public void AllOperations_RepeatedCalls_GiveSameBits(BackendKind kind)
    {
        IDenseOperations<T> operations = Operations(kind);
        T[] first = RunEverything(operations);
        Assert.DoesNotContain(first, T.IsInfinity);
        for (int i = 0; i < 3; i++)
        {
            AssertSameBits(first, RunEverything(operations));
        }
    }

    [Theory]
    [ClassData(typeof(AvailableBackends))]
    public void AllOperations_FromSeveralThreads_GiveSameBits(BackendKind kind)
    {
        IDenseOperations<T> operations = Operations(kind);
        T[] expected = RunEverything(operations);
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
                    results[slot] = RunEverything(operations);
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
    public void AllOperations_OtherAlignment_GiveSameBits(BackendKind kind)
    {
        // More than the interface promises, but rows are multiplied where they lie in the caller's memory, whose alignment changes
        // with the batch: all backends pack their operands, and MKL is configured to be reproducible.
        IDenseOperations<T> operations = Operations(kind);
        T[] expected = RunEverything(operations);
        for (int offset = 1; offset < 8; offset++)
        {
            AssertSameBits(expected, RunEverything(operations, offset));
        }
    }

    private static void AssertSameBits(T[] expected, T[] actual) =>
        Assert.True(MemoryMarshal.AsBytes<T>(expected).SequenceEqual(MemoryMarshal.AsBytes<T>(actual)), "The bits differ.");
}

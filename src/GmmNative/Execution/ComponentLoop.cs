using System.Runtime.ExceptionServices;

namespace GmmNative.Execution;

/// <summary>
/// Work on each component by itself, on several threads where it is worth starting them. Results cannot depend on the number of threads.
/// </summary>
internal static class ComponentLoop
{
    /// <summary>Operations below which starting threads costs more than it saves.</summary>
    private const long LeastOperations = 1_000_000;

    /// <summary>Runs the work; of several failures the one of the first component is thrown.</summary>
    /// <typeparam name="TScratch">What one thread needs.</typeparam>
    /// <param name="components">K.</param>
    /// <param name="operationsEach">About how many operations each component takes.</param>
    /// <param name="threads">Most threads.</param>
    /// <param name="createScratch">Makes a thread's scratch.</param>
    /// <param name="work">Takes a component and scratch.</param>
    public static void Run<TScratch>(
        int components, long operationsEach, int threads, Func<TScratch> createScratch, Action<int, TScratch> work)
    {
        if (components * operationsEach < LeastOperations)
        {
            threads = 1;
        }

        ExceptionDispatchInfo?[] failures = new ExceptionDispatchInfo?[components];
        int next = -1;
        WorkerTeam.Run(Math.Min(threads, components), () =>
        {
            TScratch scratch = createScratch();
            for (int k; (k = Interlocked.Increment(ref next)) < components;)
            {
                try
                {
                    work(k, scratch);
                }
                catch (Exception exception)
                {
                    // Kept for the throw below, which picks the first component's whatever thread was faster.
                    failures[k] = ExceptionDispatchInfo.Capture(exception);
                }
            }
        });
        Array.Find(failures, failure => failure is not null)?.Throw();
    }
}

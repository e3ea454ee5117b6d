using System.Runtime.ExceptionServices;

namespace GmmNative.Execution;

/// <summary>
/// Processes components independently, on several threads if there is enough work. Results do not depend on the number of threads.
/// </summary>
internal static class ComponentLoop
{
    /// <summary>The number of operations below which starting threads costs more than it saves.</summary>
    private const long MinimumOperations = 1_000_000;

    /// <summary>Runs the work. If several components fail, throws the exception of the first one.</summary>
    /// <typeparam name="TScratch">The scratch memory of a thread.</typeparam>
    /// <param name="components">K.</param>
    /// <param name="operationsEach">The approximate number of operations per component.</param>
    /// <param name="threads">The maximum number of threads.</param>
    /// <param name="createScratch">Creates the scratch memory of a thread.</param>
    /// <param name="work">Processes a component, given its index and the scratch memory.</param>
    public static void Run<TScratch>(
        int components, long operationsEach, int threads, Func<TScratch> createScratch, Action<int, TScratch> work)
    {
        if (components * operationsEach < MinimumOperations)
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
                    // Stored, so that the exception thrown below does not depend on which thread fails first.
                    failures[k] = ExceptionDispatchInfo.Capture(exception);
                }
            }
        });
        Array.Find(failures, failure => failure is not null)?.Throw();
    }
}

using System.Runtime.ExceptionServices;

namespace GmmNative;

/// <summary>The work of one call of <see cref="ThreadTeam.Run"/>, and how many threads are still at it.</summary>
/// <param name="work">The work.</param>
/// <param name="threads">Threads that run it, the caller among them.</param>
internal sealed class TeamTask(Action work, int threads)
{
    private readonly TeamSignal _finished = new();
    private ExceptionDispatchInfo? _failure;
    private int _members = threads - 1;

    /// <summary>Whether its threads may look out for what comes next. That takes a processor, which with more threads than processors is another's.</summary>
    public bool MayLookOut { get; } = threads <= Environment.ProcessorCount;

    /// <summary>Runs the work on this thread, and keeps what it throws.</summary>
    public void RunOnce()
    {
        try
        {
            work();
        }
        catch (Exception exception)
        {
            // Thrown again on the caller's thread.
            Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(exception), null);
        }
    }

    /// <summary>A member is done.</summary>
    public void Leave()
    {
        if (Interlocked.Decrement(ref _members) == 0)
        {
            _finished.Give();
        }
    }

    /// <summary>On the caller's thread: waits for all members, then throws what the first that failed threw.</summary>
    public void WaitForMembers()
    {
        _finished.TryTake(MayLookOut, Timeout.Infinite);
        _failure?.Throw();
    }
}

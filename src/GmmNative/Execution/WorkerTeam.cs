using System.Runtime.ExceptionServices;

namespace GmmNative.Execution;

/// <summary>
/// Runs the same work on several threads at once. An EM iteration is a few tens of milliseconds with a pass and an M-step in it: a thread
/// that slept between them would be woken on whatever processor the system thinks of, often that of the thread that wakes it, and take
/// milliseconds to find another. So the members of the team look out for new work for a moment before they sleep. Any number of calls may
/// run at a time.
/// </summary>
/// <remarks>Thread-safe. Members are background threads, kept for later calls and ended after ten minutes without any.</remarks>
internal static class WorkerTeam
{
    private static readonly List<Member> Idle = [];

    /// <summary>Runs the work on the calling thread and on others, and returns when it has returned on all of them.</summary>
    /// <param name="threads">How many threads in all, at least 1.</param>
    /// <param name="work">The work; each thread runs it once.</param>
    /// <exception cref="Exception">What the work threw on the first thread where it failed, once all have returned.</exception>
    public static void Run(int threads, Action work)
    {
        if (threads == 1)
        {
            work();
            return;
        }

        TeamWork task = new(work, threads);
        for (int i = 1; i < threads; i++)
        {
            Take().Start(task);
        }

        task.RunOnce();
        task.WaitForMembers();
    }

    /// <summary>Keeps a member for later calls.</summary>
    private static void Keep(Member member)
    {
        lock (Idle)
        {
            Idle.Add(member);
        }
    }

    /// <summary>Lets go of a member that nobody called for long.</summary>
    /// <returns><see langword="false"/> if it has just been called.</returns>
    private static bool TryRelease(Member member)
    {
        lock (Idle)
        {
            return Idle.Remove(member);
        }
    }

    /// <summary>The member that worked last, which is the likeliest to be awake.</summary>
    private static Member Take()
    {
        lock (Idle)
        {
            if (Idle.Count == 0)
            {
                return new Member();
            }

            Member member = Idle[^1];
            Idle.RemoveAt(Idle.Count - 1);
            return member;
        }
    }

    /// <summary>The work of one call of <see cref="WorkerTeam.Run"/>, and how many threads are still at it.</summary>
    /// <param name="work">The work.</param>
    /// <param name="threads">Threads that run it, the caller among them.</param>
    private sealed class TeamWork(Action work, int threads)
    {
        private readonly Signal _finished = new();
        private ExceptionDispatchInfo? _failure;
        private int _members = threads - 1;

        /// <summary>
        /// Whether its threads may look out for what comes next. That takes a processor, which with more threads than processors is
        /// another's.
        /// </summary>
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

    /// <summary>One thread of the <see cref="WorkerTeam"/>, which runs one task after another.</summary>
    private sealed class Member
    {
        private const int LifetimeMilliseconds = 600_000;

        private readonly Signal _called = new();
        private TeamWork? _task;

        /// <summary>Starts the thread.</summary>
        public Member() => new Thread(Live) { IsBackground = true, Name = "GmmNative team" }.UnsafeStart();

        /// <summary>Gives it a task; it must have none.</summary>
        public void Start(TeamWork task)
        {
            Volatile.Write(ref _task, task);
            _called.Give();
        }

        private void Live()
        {
            bool lookOut = true;
            while (_called.TryTake(lookOut, LifetimeMilliseconds) || !TryRelease(this))
            {
                if (Interlocked.Exchange(ref _task, null) is not { } task)
                {
                    // Called at the last moment: the signal is on its way.
                    continue;
                }

                lookOut = task.MayLookOut;
                task.RunOnce();

                // Before the caller goes on, so that its next call finds this thread.
                Keep(this);
                task.Leave();
            }
        }
    }

    /// <summary>Wakes one thread, which may look out for the signal for a moment before it sleeps.</summary>
    private sealed class Signal
    {
        /// <summary>Times to look: about a millisecond, which is longer than most M-steps.</summary>
        private const int Looks = 1000;

        private readonly object _lock = new();
        private volatile bool _given;

        /// <summary>Gives the signal.</summary>
        public void Give()
        {
            lock (_lock)
            {
                _given = true;
                Monitor.Pulse(_lock);
            }
        }

        /// <summary>Waits for the signal, and takes it.</summary>
        /// <param name="lookOut">Whether to look out for it before sleeping.</param>
        /// <param name="milliseconds">Longest sleep, or <see cref="Timeout.Infinite"/>.</param>
        /// <returns><see langword="false"/> if there was none for so long.</returns>
        public bool TryTake(bool lookOut, int milliseconds)
        {
            SpinWait spin = default;
            for (int look = 0; lookOut && look < Looks && !_given; look++)
            {
                // Yields the processor to whoever wants it, but does not sleep.
                spin.SpinOnce(sleep1Threshold: -1);
            }

            lock (_lock)
            {
                while (!_given)
                {
                    if (!Monitor.Wait(_lock, milliseconds))
                    {
                        return false;
                    }
                }

                _given = false;
                return true;
            }
        }
    }
}

using System.Runtime.ExceptionServices;

namespace GmmNative.Execution;

/// <summary>
/// Runs the same work on several threads at once. An EM iteration takes a few tens of milliseconds and consists of a pass and an M-step. If
/// a thread blocked between them, the system would often wake it on the processor of the thread that signals it, and moving it to another
/// processor takes milliseconds. Idle members of the team therefore spin for about a millisecond before blocking. Any number of calls may
/// run at the same time.
/// </summary>
/// <remarks>Thread-safe. Members are background threads that are kept for later calls and end after ten idle minutes.</remarks>
internal static class WorkerTeam
{
    private static readonly List<Member> Idle = [];

    /// <summary>Runs the work on the calling thread and on members of the team. Returns when all threads have finished.</summary>
    /// <param name="threads">The total number of threads, at least 1.</param>
    /// <param name="work">The work, which each thread runs once.</param>
    /// <exception cref="Exception">The first exception thrown by the work, rethrown when all threads have finished.</exception>
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

    /// <summary>Adds a member to the idle list.</summary>
    private static void Keep(Member member)
    {
        lock (Idle)
        {
            Idle.Add(member);
        }
    }

    /// <summary>Removes a member from the idle list after its lifetime.</summary>
    /// <returns><see langword="false"/> if the member has just been taken for new work.</returns>
    private static bool TryRelease(Member member)
    {
        lock (Idle)
        {
            return Idle.Remove(member);
        }
    }

    /// <summary>Takes the member that became idle last, which is most likely to be still spinning.</summary>
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

    /// <summary>The work of one call of <see cref="WorkerTeam.Run"/>, and the number of threads still running it.</summary>
    /// <param name="work">The work.</param>
    /// <param name="threads">The number of threads that run the work, including the caller.</param>
    private sealed class TeamWork(Action work, int threads)
    {
        private readonly Signal _finished = new();
        private ExceptionDispatchInfo? _failure;
        private int _members = threads - 1;

        /// <summary>
        /// Whether idle threads may spin. False when threads outnumber processors, because spinning would take time from threads with work.
        /// </summary>
        public bool MaySpin { get; } = threads <= Environment.ProcessorCount;

        /// <summary>Runs the work on the current thread and stores its exception.</summary>
        public void RunOnce()
        {
            try
            {
                work();
            }
            catch (Exception exception)
            {
                // Rethrown on the caller's thread.
                Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(exception), null);
            }
        }

        /// <summary>Marks a member as finished.</summary>
        public void Leave()
        {
            if (Interlocked.Decrement(ref _members) == 0)
            {
                _finished.Give();
            }
        }

        /// <summary>Waits for all members on the caller's thread, then rethrows the first exception.</summary>
        public void WaitForMembers()
        {
            _finished.TryTake(MaySpin, Timeout.Infinite);
            _failure?.Throw();
        }
    }

    /// <summary>A thread of the <see cref="WorkerTeam"/> that runs one task after another.</summary>
    private sealed class Member
    {
        private const int LifetimeMilliseconds = 600_000;

        private readonly Signal _called = new();
        private TeamWork? _task;

        /// <summary>Starts the thread.</summary>
        public Member() => new Thread(Live) { IsBackground = true, Name = "GmmNative team" }.UnsafeStart();

        /// <summary>Starts a task. The member must be idle.</summary>
        public void Start(TeamWork task)
        {
            Volatile.Write(ref _task, task);
            _called.Give();
        }

        private void Live()
        {
            bool spins = true;
            while (_called.TryTake(spins, LifetimeMilliseconds) || !TryRelease(this))
            {
                if (Interlocked.Exchange(ref _task, null) is not { } task)
                {
                    // The member was taken at the end of its lifetime, and its signal has not arrived yet.
                    continue;
                }

                spins = task.MaySpin;
                task.RunOnce();

                // Done before the caller continues, so that its next call can take this thread.
                Keep(this);
                task.Leave();
            }
        }
    }

    /// <summary>A signal to one thread, which may spin for a while before it blocks.</summary>
    private sealed class Signal
    {
        /// <summary>The number of spins, which take about a millisecond. That is longer than most M-steps.</summary>
        private const int Spins = 1000;

        private readonly object _lock = new();
        private volatile bool _given;

        /// <summary>Sets the signal.</summary>
        public void Give()
        {
            lock (_lock)
            {
                _given = true;
                Monitor.Pulse(_lock);
            }
        }

        /// <summary>Waits for the signal and resets it.</summary>
        /// <param name="spins">Whether to spin before blocking.</param>
        /// <param name="milliseconds">The maximum time to block, or <see cref="Timeout.Infinite"/>.</param>
        /// <returns><see langword="false"/> if the signal was not set within that time.</returns>
        public bool TryTake(bool spins, int milliseconds)
        {
            SpinWait spin = default;
            for (int i = 0; spins && i < Spins && !_given; i++)
            {
                // Yields the processor to other threads, but never sleeps.
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

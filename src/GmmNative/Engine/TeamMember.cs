namespace GmmNative;

/// <summary>One thread of the <see cref="ThreadTeam"/>, which runs one task after another.</summary>
internal sealed class TeamMember
{
    private const int LifetimeMilliseconds = 600_000;

    private readonly TeamSignal _called = new();
    private TeamTask? _task;

    /// <summary>Starts the thread.</summary>
    public TeamMember() => new Thread(Live) { IsBackground = true, Name = "GmmNative team" }.UnsafeStart();

    /// <summary>Gives it a task; it must have none.</summary>
    public void Start(TeamTask task)
    {
        Volatile.Write(ref _task, task);
        _called.Give();
    }

    private void Live()
    {
        bool lookOut = true;
        while (_called.TryTake(lookOut, LifetimeMilliseconds) || !ThreadTeam.TryRelease(this))
        {
            if (Interlocked.Exchange(ref _task, null) is not { } task)
            {
                // Called at the last moment: the signal is on its way.
                continue;
            }

            lookOut = task.MayLookOut;
            task.RunOnce();

            // Before the caller goes on, so that its next call finds this thread.
            ThreadTeam.Keep(this);
            task.Leave();
        }
    }
}

namespace GmmNative;

/// <summary>
/// Runs the same work on several threads at once. An EM iteration is a few tens of milliseconds with a pass and an M-step in it: a thread that
/// slept between them would be woken on whatever processor the system thinks of, often that of the thread that wakes it, and take milliseconds to
/// find another. So the members of the team look out for new work for a moment before they sleep. Any number of calls may run at a time.
/// </summary>
/// <remarks>Thread-safe. Members are background threads, kept for later calls and ended after ten minutes without any.</remarks>
internal static class ThreadTeam
{
    private static readonly List<TeamMember> Idle = [];

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

        TeamTask task = new(work, threads);
        for (int i = 1; i < threads; i++)
        {
            Take().Start(task);
        }

        task.RunOnce();
        task.WaitForMembers();
    }

    /// <summary>Keeps a member for later calls.</summary>
    public static void Keep(TeamMember member)
    {
        lock (Idle)
        {
            Idle.Add(member);
        }
    }

    /// <summary>Lets go of a member that nobody called for long.</summary>
    /// <returns><see langword="false"/> if it has just been called.</returns>
    public static bool TryRelease(TeamMember member)
    {
        lock (Idle)
        {
            return Idle.Remove(member);
        }
    }

    /// <summary>The member that worked last, which is the likeliest to be awake.</summary>
    private static TeamMember Take()
    {
        lock (Idle)
        {
            if (Idle.Count == 0)
            {
                return new TeamMember();
            }

            TeamMember member = Idle[^1];
            Idle.RemoveAt(Idle.Count - 1);
            return member;
        }
    }
}

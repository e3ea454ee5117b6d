using Xunit;

namespace GmmNative.Tests.Support;

/// <summary>Turns a hang into a failure.</summary>
internal static class Guard
{
    /// <summary>Far longer than anything here takes, on any machine.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Runs work on a separate thread, and fails if it does not return.</summary>
    public static async Task Returns(Action work)
    {
        Task task = Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        Assert.Same(task, await Task.WhenAny(task, Task.Delay(Patience)));
        await task;
    }
}

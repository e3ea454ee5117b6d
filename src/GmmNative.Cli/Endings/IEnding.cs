namespace GmmNative.Cli.Endings;

/// <summary>What a command does when a signal stops it.</summary>
internal interface IEnding
{
    /// <summary>Called when the signal has arrived and cancellation has been requested.</summary>
    void Begin();

    /// <summary>
    /// Called when the command did not stop in time, because it is inside a computation that cannot be interrupted or waits for I/O. Saves
    /// the available results.
    /// </summary>
    /// <returns>The exit code, with which the process ends immediately.</returns>
    int Finish();
}

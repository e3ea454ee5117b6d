namespace GmmNative.Cli.Endings;

/// <summary>What a command does when a signal ends it.</summary>
internal interface IEnding
{
    /// <summary>The signal has come; the command has just been asked to stop.</summary>
    void Begin();

    /// <summary>
    /// The command did not stop in time: it is inside a computation that cannot be interrupted, or waits for somebody. Saves what there
    /// is.
    /// </summary>
    /// <returns>The exit code; the process ends with it at once.</returns>
    int Finish();
}

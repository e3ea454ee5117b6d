namespace GmmNative.Cli.Endings;

/// <summary>The exit codes of the program.</summary>
internal static class ExitCode
{
    /// <summary>Success.</summary>
    public const int Success = 0;

    /// <summary>The data, a file or the computation failed.</summary>
    public const int Failure = 1;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 2;

    /// <summary>The program has a bug.</summary>
    public const int InternalError = 70;

    /// <summary>Stopped by a signal (128 + SIGINT).</summary>
    public const int Interrupted = 130;
}

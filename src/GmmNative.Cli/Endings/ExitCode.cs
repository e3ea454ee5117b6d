namespace GmmNative.Cli.Endings;

/// <summary>What the program tells its caller.</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Success = 0;

    /// <summary>The data, a file or the work is at fault.</summary>
    public const int Failure = 1;

    /// <summary>The command line is at fault.</summary>
    public const int Usage = 2;

    /// <summary>The program is at fault.</summary>
    public const int InternalError = 70;

    /// <summary>Interrupted from outside (128 + SIGINT).</summary>
    public const int Interrupted = 130;
}

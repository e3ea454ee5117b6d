namespace GmmNative.Cli.Options;

/// <summary>How much is written to standard error, errors apart.</summary>
internal enum ConsoleVerbosity
{
    /// <summary>Nothing.</summary>
    Silent,

    /// <summary>A summary; on a terminal a progress bar.</summary>
    Summary,

    /// <summary>A line an iteration too.</summary>
    Iterations,

    /// <summary>News from within iterations too.</summary>
    Progress,
}

namespace GmmNative.Cli.Options;

/// <summary>How much a command writes to standard error, apart from errors.</summary>
internal enum ConsoleVerbosity
{
    /// <summary>Nothing.</summary>
    Silent,

    /// <summary>A summary; on a terminal a progress bar.</summary>
    Summary,

    /// <summary>Also one line per iteration.</summary>
    Iterations,

    /// <summary>Also progress within iterations.</summary>
    Progress,
}

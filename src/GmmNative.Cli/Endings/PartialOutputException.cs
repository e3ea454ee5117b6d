namespace GmmNative.Cli.Endings;

/// <summary>The work was canceled after a pipe had received some of the rows.</summary>
internal sealed class PartialOutputException(OperationCanceledException cause)
    : OperationCanceledException(ErrorReport.NotComplete, cause, cause.CancellationToken);

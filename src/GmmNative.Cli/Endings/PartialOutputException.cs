namespace GmmNative.Cli.Endings;

/// <summary>The work was cancelled when rows had already gone into a pipe.</summary>
internal sealed class PartialOutputException(OperationCanceledException cause)
    : OperationCanceledException(ErrorReport.NotComplete, cause, cause.CancellationToken);

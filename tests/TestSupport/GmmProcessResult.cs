namespace GmmNative.TestSupport;

/// <summary>What a run of the program left.</summary>
/// <param name="ExitCode">The exit code; 128 plus the signal's number when a signal ended it.</param>
/// <param name="StandardOutput">All of standard output.</param>
/// <param name="StandardError">All of standard error.</param>
public sealed record GmmProcessResult(int ExitCode, byte[] StandardOutput, string StandardError)
{
    /// <summary>Standard output as text.</summary>
    public string OutputText => System.Text.Encoding.UTF8.GetString(StandardOutput);

    /// <summary>Standard error in lines, without a last empty one.</summary>
    public string[] ErrorLines => StandardError.Length == 0 ? [] : StandardError.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
}

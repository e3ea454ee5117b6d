using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Cli.Tests;

/// <summary>What every failing run has to keep.</summary>
internal static class Failing
{
    /// <summary>
    /// Runs a command line that must fail: with that exit code, one line on standard error that names all of
    /// <paramref name="named"/>, nothing on standard output, and the folder as it was.
    /// </summary>
    public static void Check(TestFolder folder, int exitCode, string[] arguments, string[] named, byte[]? standardInput = null)
    {
        string[] before = folder.Snapshot();
        GmmProcessResult result = GmmProcess.Run(arguments, standardInput, workingDirectory: folder.Root);
        string line = Assert.Single(result.ErrorLines);
        Assert.StartsWith("gmm: ", line, StringComparison.Ordinal);
        Assert.All(named, text => Assert.Contains(text, line, StringComparison.OrdinalIgnoreCase));
        Assert.Equal(exitCode, result.ExitCode);
        Assert.Empty(result.OutputText);
        Assert.Equal(before, folder.Snapshot());
    }
}

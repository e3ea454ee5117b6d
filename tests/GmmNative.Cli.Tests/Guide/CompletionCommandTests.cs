using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Cli.Tests.Guide;

/// <summary><c>gmm completion</c>: bash loads its script, and completes with it.</summary>
public sealed class CompletionCommandTests
{
    [Theory]
    [InlineData("bash", "complete -F _gmm gmm")]
    [InlineData("zsh", "#compdef gmm")]
    [InlineData("fish", "complete -c gmm")]
    [InlineData("pwsh", "Register-ArgumentCompleter -Native -CommandName gmm")]
    public void Completion_OfEachShell_HasAllCommandsAndOptions(string shell, string line)
    {
        GmmProcessResult result = GmmProcess.Run("completion", shell);
        Assert.Equal((0, ""), (result.ExitCode, result.StandardError));
        Assert.Contains(line, result.OutputText, StringComparison.Ordinal);
        foreach (string word in (string[])["train", "plot model", "completion", "tolerance-on", "kmeans++", "weight-column"])
        {
            Assert.Contains(word, result.OutputText, StringComparison.Ordinal);
        }
    }

    /// <summary>The words of the command line up to the cursor are separated by blanks; the last one may be empty.</summary>
    [Theory]
    [Trait(SelfContainedLibraries.Requires, "Linux")]
    [InlineData("gmm tra", "train transform")]
    [InlineData("gmm plot ", "model data report select")]
    [InlineData("gmm plot model --ki", "--kind")]
    [InlineData("gmm plot model --kind c", "contours")]
    [InlineData("gmm train x.csv --init k", "kmeans++ kmeans")]
    [InlineData("gmm train --tolerance-on = a", "average")]
    [InlineData("gmm train --tolerance-on =", "total average")]
    [InlineData("gmm train --adapt weights,m", "weights,means")]
    [InlineData("gmm train -k ", "")]
    [InlineData("gmm train --ver", "--verbose")]
    [InlineData("gmm score a", "a file.csv another.npz")]
    [InlineData("gmm train x.csv -o an", "another.npz")]
    [InlineData("gmm train x.csv --init an", "another.npz")]
    [InlineData("gmm completion z", "zsh")]
    [InlineData("gmm help pl", "plot")]
    public void BashScript_Loaded_Completes(string commandLine, string expected)
    {
        using TestFolder folder = new();
        folder.Write("a file.csv", "");
        folder.Write("another.npz", "");
        folder.Write("complete", """
            complete_words() {
                COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
                _gmm
                echo "${COMPREPLY[*]}"
            }
            source ./script
            complete -p gmm
            complete_words "$@"
            """);
        string[] words = commandLine.Split(' ');
        GmmProcessResult result = GmmShell.Run(
            $"gmm completion bash > script && bash complete {string.Join(' ', words.Select(word => $"'{word}'"))}", folder.Root);
        Assert.Equal((0, ""), (result.ExitCode, result.StandardError));
        Assert.Equal($"complete -F _gmm gmm\n{expected}\n", result.OutputText);
    }
}

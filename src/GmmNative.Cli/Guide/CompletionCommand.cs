using System.CommandLine;
using GmmNative.Cli.Commands;
using GmmNative.Cli.Endings;

namespace GmmNative.Cli.Guide;

/// <summary><c>gmm completion</c>: writes the completion script of a shell.</summary>
internal sealed class CompletionCommand : GmmCommand
{
    private static readonly Dictionary<string, Func<CommandEntry, string>> Scripts = new(StringComparer.Ordinal)
    {
        ["bash"] = BashScript.Of,
        ["zsh"] = ZshScript.Of,
        ["fish"] = FishScript.Of,
        ["pwsh"] = PowerShellScript.Of,
    };

    private readonly Argument<string> _shell = new("SHELL") { Description = "bash, zsh, fish or pwsh." };

    public CompletionCommand()
        : base(
            "completion",
            "Write a script that completes commands, options and their values in a shell.",
            "source <(gmm completion bash)",
            "gmm completion zsh > ~/.zfunc/_gmm",
            "gmm completion fish > ~/.config/fish/completions/gmm.fish",
            "gmm completion pwsh | Out-String | Invoke-Expression")
    {
        Add(_shell);
        SetAction(Run);
    }

    private int Run(ParseResult parse)
    {
        string shell = parse.GetRequiredValue(_shell);
        if (!Scripts.TryGetValue(shell, out Func<CommandEntry, string>? script))
        {
            throw new UsageException($"{shell} is not one of {string.Join(", ", Scripts.Keys)}");
        }

        parse.InvocationConfiguration.Output.Write(script(new CommandEntry("", parse.RootCommandResult.Command)));
        return ExitCode.Success;
    }
}

using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using GmmNative.Cli.Endings;

namespace GmmNative.Cli.Commands;

/// <summary>The standard help, followed by examples.</summary>
internal sealed class CommandHelp : SynchronousCommandLineAction
{
    private const int RedirectedWidth = 100;

    private static readonly string[] RootExamples =
    [
        "gmm train speech.npy -k 64 -o speech.npz",
        "gmm score speech.npz other.npy -o densities.csv",
        "gmm train --help",
    ];

    private readonly HelpAction _standard = new() { MaxWidth = Console.IsOutputRedirected ? RedirectedWidth : Console.WindowWidth };

    /// <summary>Help is shown even when the rest of the command line is wrong.</summary>
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        _standard.Invoke(parseResult);
        TextWriter output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Examples:");
        foreach (string example in parseResult.CommandResult.Command is GmmCommand command ? command.Examples : RootExamples)
        {
            output.WriteLine($"  {example}");
        }

        return ExitCode.Success;
    }
}

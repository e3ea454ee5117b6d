using System.CommandLine;

namespace GmmNative.Cli.Commands;

/// <summary>A command with examples for its help.</summary>
internal abstract class GmmCommand : Command
{
    protected GmmCommand(string name, string description, params string[] examples)
        : base(name, description)
    {
        Examples = examples;
    }

    /// <summary>Example command lines.</summary>
    public IReadOnlyList<string> Examples { get; }
}

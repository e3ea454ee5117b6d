using System.CommandLine;

namespace GmmNative.Cli.Plotting;

/// <summary><c>gmm plot</c> in the program that is compiled ahead of time: reports that pictures need the .NET tool.</summary>
internal sealed class MissingPlotCommand : Command
{
    public MissingPlotCommand()
        : base("plot", "Draw a model, data or a training; only in the .NET tool.")
    {
        TreatUnmatchedTokensAsErrors = false;
        SetAction(Run);
    }

    private static int Run(ParseResult parse) => throw new GmmException(
        "this gmm is compiled ahead of time as one file, which cannot contain the native library that gmm plot needs: install the .NET "
        + "tool with 'dotnet tool install --global GmmNative.Tool'.");
}

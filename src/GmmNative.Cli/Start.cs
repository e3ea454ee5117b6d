using GmmNative.Cli.Output;
using GmmNative.Interop;

namespace GmmNative.Cli;

/// <summary>What the program does before and after its command.</summary>
internal static class Start
{
    /// <summary>Runs a command line.</summary>
    /// <returns>The exit code.</returns>
    public static int Run(string[] arguments)
    {
        StandardStreams.Claim();
        ProcessSignals.IgnoreFileTooLarge();
        return CommandRun.Execute(interruption =>
        {
            // Names of files in messages, and the frames of tables, are more than what the code page of a Windows console has.
            using Utf8Console utf8 = new();
            StandardWriters.Install();
            return GmmProgram.Run(arguments, interruption);
        });
    }
}

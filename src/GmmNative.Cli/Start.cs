using GmmNative.Cli.Endings;
using GmmNative.Cli.Output;
using GmmNative.Interop.Posix;

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
        try
        {
            return CommandRun.Execute(interruption => RunCommand(arguments, interruption));
        }
        catch (Exception) when (IsShortOfFiles())
        {
            return ExitCode.Failure;
        }
    }

    private static int RunCommand(string[] arguments, Interruption interruption)
    {
        try
        {
            return RunCommandLine(arguments, interruption);
        }
        catch (Exception) when (IsShortOfFiles())
        {
            return ExitCode.Failure;
        }
    }

    private static int RunCommandLine(string[] arguments, Interruption interruption)
    {
        // Names of files in messages, and the frames of tables, are more than what the code page of a Windows console has.
        using Utf8Console utf8 = new();
        StandardWriters.Install();
        return GmmProgram.Run(arguments, interruption);
    }

    // The runtime could not load a part of the program: said without the parts that say everything else.
    private static bool IsShortOfFiles()
    {
        int limit = DescriptorLimit.Reached();
        if (limit > 0)
        {
            DescriptorLimit.Report(limit);
        }

        return limit > 0;
    }
}

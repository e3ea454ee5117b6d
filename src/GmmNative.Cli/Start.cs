using GmmNative.Cli.Endings;
using GmmNative.Cli.Output;
using GmmNative.Interop.Posix;

namespace GmmNative.Cli;

/// <summary>The steps before and after a command.</summary>
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
        // File names in messages and the borders of tables contain characters that the code page of a Windows console lacks.
        using Utf8Console utf8 = new();
        StandardWriters.Install();
        return GmmProgram.Run(arguments, interruption);
    }

    // The runtime could not load an assembly, because the process has no free file descriptors. Reported without the usual code, whose
    // assemblies may be the missing ones.
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

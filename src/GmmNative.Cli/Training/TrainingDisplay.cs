using GmmNative.Cli.Options;
using GmmNative.Cli.Output;
using Spectre.Console;

namespace GmmNative.Cli.Training;

/// <summary>Shows the progress of a training on standard error.</summary>
internal abstract class TrainingDisplay
{
    /// <summary>Creates a live bar for a terminal, and plain lines otherwise.</summary>
    public static TrainingDisplay For(ConsoleVerbosity verbosity)
    {
        if (verbosity == ConsoleVerbosity.Silent)
        {
            return new TrainingLines(TextWriter.Null, verbosity);
        }

        IAnsiConsole console = Consoles.Error();
        return console.Profile.Capabilities is { Interactive: true, Ansi: true }
            ? new TrainingBar(console, verbosity)
            : new TrainingLines(Console.Error, verbosity);
    }

    /// <summary>Runs the work and shows its progress reports. Reports may come from any thread.</summary>
    public abstract T Run<T>(Func<IProgress<EmIteration>, T> work);

    /// <summary>Restores the terminal while the work is still running, because the program ends without waiting for it.</summary>
    public abstract void Leave();
}

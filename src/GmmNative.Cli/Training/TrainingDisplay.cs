using GmmNative.Cli.Options;
using GmmNative.Cli.Output;
using Spectre.Console;

namespace GmmNative.Cli.Training;

/// <summary>Shows how far a training is, on standard error.</summary>
internal abstract class TrainingDisplay
{
    /// <summary>A live bar on a terminal, lines elsewhere.</summary>
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

    /// <summary>Runs the work while showing what it reports. Reports may come from any thread.</summary>
    public abstract T Run<T>(Func<IProgress<EmIteration>, T> work);

    /// <summary>Leaves the terminal as it should be while the work still runs: the program ends without it.</summary>
    public abstract void Leave();
}

using System.CommandLine;
using GmmNative.Cli.Commands;
using GmmNative.Cli.Endings;

namespace GmmNative.Cli.Guide;

/// <summary>The manual of the program, from the descriptions of commands, arguments and options.</summary>
internal static class Manual
{
    private static readonly (string Name, string Description)[] Variables =
    [
        ("GMMNATIVE_BACKEND", "Backend to compute with where --backend is not given: auto, mkl, openblas or managed."),
        ("GMMNATIVE_BLAS_PATH", "Native library, or folder of native libraries, that is searched first."),
        ("GMMNATIVE_DEBUG", "With the value 1, an error also shows where in the program it occurred."),
    ];

    private static readonly (int Code, string Description)[] Codes =
    [
        (ExitCode.Success, "Success. A training that did not converge is a success, too: its report contains the reason for its end."),
        (ExitCode.Failure, "The data, a file or the computation failed."),
        (ExitCode.Usage, "The command line is wrong."),
        (ExitCode.InternalError, "The program has a bug."),
        (ExitCode.Interrupted, "A signal stopped the command."),
    ];

    /// <summary>Returns the manual.</summary>
    /// <param name="root">The program.</param>
    /// <param name="notation">The notation, in which nothing is written yet.</param>
    public static string Write(CommandEntry root, IManualNotation notation)
    {
        notation.Start(
            root.Command.Description ?? "",
            "gmm COMMAND [OPTIONS]",
            "The commands train Gaussian mixture models on files of vectors, and use these models. "
                + "An input - is standard input; an output - is standard output. "
                + "Brackets at the end of a description contain the default.");
        CommandEntry[] commands = [.. root.All().Skip(1)];
        notation.StartCommands(commands);
        foreach (CommandEntry command in commands)
        {
            notation.StartCommand(command);
            // Every command has --help, and the last section would repeat it.
            notation.WriteParameters(
                [.. command.Command.Arguments.Select(argument => (argument.Name, argument.Description ?? ""))],
                [.. command.Options.Where(option => !option.IsHelp)]);
            if (command.Command is GmmCommand { Examples.Count: > 0 } described)
            {
                notation.WriteExamples(described.Examples);
            }
        }

        notation.WriteTerms("Exit status", "code", Codes.Select(code => ($"{code.Code}", code.Description)));
        notation.WriteTerms("Environment", "variable", Variables);
        return notation.Text;
    }
}

using GmmNative.Cli.Endings;
using GmmNative.Cli.Options;

namespace GmmNative.Cli.Input;

/// <summary>Opens the vectors of a command, and reports what was left out of them.</summary>
internal static class InputVectors
{
    /// <summary>Opens files as one data set.</summary>
    /// <param name="paths">The files.</param>
    /// <param name="options">How to read them.</param>
    /// <param name="verbosity">How much to write to standard error.</param>
    /// <exception cref="UsageException">The command line chooses a column that is not there.</exception>
    /// <exception cref="VectorDataException">The files cannot be read as vectors.</exception>
    public static IVectorSource Open(IReadOnlyList<string> paths, VectorFileOptions options, ConsoleVerbosity verbosity)
    {
        // Written only when all is well: an error is one line.
        List<string> notes = [];
        IVectorSource rows = UsageException.Guard(() => VectorFile.OpenAll(paths, options with { Notice = notes.Add }));
        if (verbosity >= ConsoleVerbosity.Summary)
        {
            notes.ForEach(note => Console.Error.WriteLine($"note: {note}"));
        }

        return rows;
    }
}

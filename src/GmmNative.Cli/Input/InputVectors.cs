using GmmNative.Cli.Endings;
using GmmNative.Cli.Options;
using GmmNative.Files.Vectors;

namespace GmmNative.Cli.Input;

/// <summary>Opens the vectors of a command, and reports which columns were left out.</summary>
internal static class InputVectors
{
    /// <summary>Opens files as one data set.</summary>
    /// <param name="paths">The files.</param>
    /// <param name="options">How to read them.</param>
    /// <param name="weights">The file of the row weights, or <see langword="null"/>.</param>
    /// <param name="verbosity">How much to write to standard error.</param>
    /// <exception cref="UsageException">The command line selects a column that does not exist.</exception>
    /// <exception cref="VectorDataException">The files cannot be read as vectors.</exception>
    public static IVectorSource Open(
        IReadOnlyList<string> paths, VectorFileOptions options, string? weights, ConsoleVerbosity verbosity)
    {
        // Notes are written only after success, because an error must be a single line.
        List<string> notes = [];
        IVectorSource rows = UsageException.Guard(() => VectorFile.OpenAll(paths, options with { Notice = notes.Add }));
        rows = weights is null ? rows : RowWeightFile.AddTo(rows, weights);
        if (verbosity >= ConsoleVerbosity.Summary)
        {
            notes.ForEach(note => Console.Error.WriteLine($"note: {note}"));
        }

        return rows;
    }
}

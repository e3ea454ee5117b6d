using GmmNative.Cli.Options;
using GmmNative.Cli.Output;

namespace GmmNative.Cli.Selection;

/// <summary>The command line of <c>gmm select</c>.</summary>
internal sealed record SelectionSettings
{
    /// <summary>The data files.</summary>
    public required IReadOnlyList<string> Inputs { get; init; }

    /// <summary>How to read data files.</summary>
    public required VectorFileOptions Vectors { get; init; }

    /// <summary>The file of the row weights.</summary>
    public string? RowWeights { get; init; }

    /// <summary>The file of the held-out rows.</summary>
    public string? HeldOut { get; init; }

    /// <summary>The grid, the criterion and the options of the trainings.</summary>
    public required ModelSelection Selection { get; init; }

    /// <summary>The output file of the chosen model.</summary>
    public required OutputFile Model { get; init; }

    /// <summary>The output file of the report.</summary>
    public OutputFile? Report { get; init; }

    /// <summary>How much to report.</summary>
    public ConsoleVerbosity Verbosity { get; init; }
}

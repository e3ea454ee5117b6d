using GmmNative.Cli.Options;
using GmmNative.Cli.Output;

namespace GmmNative.Cli.Training;

/// <summary>A command line of <c>gmm train</c> as it was given: <see langword="null"/> where an option was left out.</summary>
internal sealed record TrainingSettings
{
    /// <summary>The data files.</summary>
    public required IReadOnlyList<string> Inputs { get; init; }

    /// <summary>How to read raw data files.</summary>
    public required VectorFileOptions Vectors { get; init; }

    /// <summary>K.</summary>
    public int? Components { get; init; }

    /// <summary>Diagonal or full.</summary>
    public CovarianceKind? Covariance { get; init; }

    /// <summary>Block sizes.</summary>
    public int[]? BlockSizes { get; init; }

    /// <summary>The starting model's file.</summary>
    public string? InitialModel { get; init; }

    /// <summary>The universal background model's file.</summary>
    public string? Ubm { get; init; }

    /// <summary>What the other options say; without covariance, block sizes and ubm.</summary>
    public required GmmOptions Options { get; init; }

    /// <summary>Where the model goes.</summary>
    public required OutputFile Model { get; init; }

    /// <summary>Where the posteriors go.</summary>
    public OutputFile? Posterior { get; init; }

    /// <summary>Where the report goes.</summary>
    public OutputFile? Report { get; init; }

    /// <summary>How much to tell.</summary>
    public ConsoleVerbosity Verbosity { get; init; }
}

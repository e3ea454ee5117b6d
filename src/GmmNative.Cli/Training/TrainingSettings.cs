using GmmNative.Cli.Options;
using GmmNative.Cli.Output;

namespace GmmNative.Cli.Training;

/// <summary>The command line of <c>gmm train</c>. A property is <see langword="null"/> if its option is not given.</summary>
internal sealed record TrainingSettings
{
    /// <summary>The data files.</summary>
    public required IReadOnlyList<string> Inputs { get; init; }

    /// <summary>How to read raw data files.</summary>
    public required VectorFileOptions Vectors { get; init; }

    /// <summary>The file of the row weights.</summary>
    public string? RowWeights { get; init; }

    /// <summary>K.</summary>
    public int? Components { get; init; }

    /// <summary>Diagonal or full.</summary>
    public CovarianceKind? Covariance { get; init; }

    /// <summary>Block sizes.</summary>
    public int[]? BlockSizes { get; init; }

    /// <summary>The starting model's file.</summary>
    public string? InitialModel { get; init; }

    /// <summary>The file of the posteriors of the start.</summary>
    public string? InitialPosterior { get; init; }

    /// <summary>The file of the prior mean of variational training.</summary>
    public string? MeanPrior { get; init; }

    /// <summary>The file of the prior covariance of variational training.</summary>
    public string? CovariancePrior { get; init; }

    /// <summary>The universal background model's file.</summary>
    public string? Ubm { get; init; }

    /// <summary>The training options, without covariance type, block sizes, background model and the contents of files.</summary>
    public required GmmOptions Options { get; init; }

    /// <summary>The output file of the model.</summary>
    public required OutputFile Model { get; init; }

    /// <summary>The output file of the posteriors.</summary>
    public OutputFile? Posterior { get; init; }

    /// <summary>The output file of the report.</summary>
    public OutputFile? Report { get; init; }

    /// <summary>How much to report.</summary>
    public ConsoleVerbosity Verbosity { get; init; }
}

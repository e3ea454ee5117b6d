namespace GmmNative;

/// <summary>What the M-step needs to know apart from the statistics.</summary>
internal sealed record MaximizationOptions
{
    public required double WeightFloor { get; init; }

    /// <summary>The floors of the covariances.</summary>
    public required FloorOptions Floors { get; init; }

    /// <summary>Added to every variance, before the floors.</summary>
    public double Regularization { get; init; }

    /// <summary>
    /// The background model that statistics are smoothed with, in the structure of the model; <see langword="null"/> for none.
    /// </summary>
    public GaussianMixture? Ubm { get; init; }

    public double Alpha { get; init; }

    /// <summary>A component's total posterior below which its sums carry no information that the precision can keep.</summary>
    public double LeastOccupancy { get; init; } = 1e-290;

    /// <summary>Maximum number of threads.</summary>
    public required int Threads { get; init; }

    /// <summary>Makes the options of a fit to given data.</summary>
    /// <param name="options">The options.</param>
    /// <param name="summary">The data.</param>
    /// <param name="execution">Threads, precision and path.</param>
    /// <param name="cancellationToken">Ends long single steps early.</param>
    public static MaximizationOptions For(
        ResolvedOptions options, DataSummary summary, ExecutionPlan execution, CancellationToken cancellationToken)
    {
        return new MaximizationOptions
        {
            WeightFloor = options.WeightFloor,
            Floors = FloorOptions.For(options, summary, cancellationToken),
            Regularization = options.Regularization,
            Threads = execution.Threads,
            LeastOccupancy = execution.Precision == Precision.Double ? 1e-290 : 1e-30,
        };
    }
}

using GmmNative.Execution;
using GmmNative.Maximization;
using GmmNative.Passes;

namespace GmmNative.Estimation.Options;

/// <summary>The M-step's options, as a fit's options ask for them on given data.</summary>
internal static class UpdateSettings
{
    /// <summary>Makes the options of a fit to given data.</summary>
    /// <param name="options">The options.</param>
    /// <param name="summary">The data.</param>
    /// <param name="execution">Threads, precision and path.</param>
    /// <param name="cancellationToken">Ends long single steps early.</param>
    public static UpdateOptions For(
        ResolvedOptions options, DataSummary summary, ExecutionPlan execution, CancellationToken cancellationToken)
    {
        return new UpdateOptions
        {
            WeightFloor = options.WeightFloor,
            Floors = CovarianceFloors(options, summary, cancellationToken),
            Regularization = options.Regularization,
            Threads = execution.Threads,
            MinimumOccupancy = execution.Precision == Precision.Double ? 1e-290 : 1e-30,
        };
    }

    /// <summary>The floors that options ask for on given data.</summary>
    private static FloorOptions CovarianceFloors(ResolvedOptions options, DataSummary summary, CancellationToken cancellationToken)
    {
        // Twice the rounding of the largest value, squared, with some room for the mean's.
        const double Roundings = 8.0 / (1L << 52);
        double[] resolutions = [.. summary.Magnitude().Select(magnitude => Roundings * magnitude * Roundings * magnitude)];
        return new FloorOptions
        {
            Floors = [.. summary.Deviation.Select(
                deviation => Math.Max(options.VarianceFloor, options.RelativeVarianceFloor * deviation * deviation))],
            Resolutions = resolutions,
            Target = options.VarianceFloorOn,
            SingularCovariance = options.SingularCovariance,
            CancellationToken = cancellationToken,
        };
    }
}

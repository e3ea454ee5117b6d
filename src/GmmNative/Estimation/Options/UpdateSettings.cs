using GmmNative.Execution;
using GmmNative.Maximization;
using GmmNative.Passes;

namespace GmmNative.Estimation.Options;

/// <summary>Derives the options of the M-step from the options of a fit and its data.</summary>
internal static class UpdateSettings
{
    /// <summary>Creates the options for a fit to given data.</summary>
    /// <param name="options">The options of the fit.</param>
    /// <param name="summary">The data.</param>
    /// <param name="execution">The threads, precision and numerical path.</param>
    /// <param name="cancellationToken">Stops long single steps.</param>
    public static UpdateOptions For(
        ResolvedOptions options, DataSummary summary, ExecutionPlan execution, CancellationToken cancellationToken)
    {
        return new UpdateOptions
        {
            WeightFloor = options.WeightFloor,
            Floors = CovarianceFloors(options, summary, cancellationToken),
            Regularization = options.Regularization,
            Shrinkage = options.Shrinkage,
            MaximumCondition = options.MaximumCondition,
            Threads = execution.Threads,
            MinimumOccupancy = execution.Precision == Precision.Double ? 1e-290 : 1e-30,
        };
    }

    /// <summary>Creates the floors for given data.</summary>
    private static FloorOptions CovarianceFloors(ResolvedOptions options, DataSummary summary, CancellationToken cancellationToken)
    {
        // Eight times the rounding of the largest value, squared. Rounding of the values and of their mean alone can cause such a variance.
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

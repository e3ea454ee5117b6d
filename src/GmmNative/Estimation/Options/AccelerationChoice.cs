namespace GmmNative.Estimation.Options;

/// <summary>Whether a training is accelerated, and why.</summary>
/// <param name="IsMomentum">Whether passes start from extrapolated models.</param>
/// <param name="Reason">Why, for reports.</param>
internal sealed record AccelerationChoice(bool IsMomentum, string Reason)
{
    private const string DiagonalFloor = "a variance floor on the diagonal of full covariances";

    /// <summary>Decides for options with the defaults of a class.</summary>
    /// <param name="options">The options as given.</param>
    /// <param name="test">The stopping test.</param>
    /// <param name="floorOn">What the variance floor bounds.</param>
    /// <param name="holdsVariances">Whether the covariances are variances only.</param>
    /// <exception cref="ArgumentException">Momentum is requested, but does not apply.</exception>
    public static AccelerationChoice Of(GmmOptions options, StoppingTest test, VarianceFloorTarget floorOn, bool holdsVariances)
    {
        if (options.Acceleration == Acceleration.None)
        {
            return new(false, "requested");
        }

        string? obstacle = ObstacleOf(options)
            ?? (floorOn == VarianceFloorTarget.Diagonal && !holdsVariances ? DiagonalFloor : null);
        if (options.Acceleration == Acceleration.Momentum)
        {
            Require(obstacle);
            return new(true, "requested");
        }

        string? plain = obstacle
            ?? (options.Stopping.Tolerance == 0 ? "a tolerance of 0"
            : options.Prior.Ubm is not null ? "a background model"
            : test != StoppingTest.Rise ? "the stopping test of another program" : null);
        return plain is null ? new(true, "fewer passes for the same log-likelihood") : new(false, $"not used with {plain}");
    }

    /// <summary>Checks what does not depend on the defaults of a class.</summary>
    /// <exception cref="ArgumentException">Momentum is requested, but does not apply.</exception>
    public static void Check(GmmOptions options)
    {
        if (options.Acceleration == Acceleration.Momentum)
        {
            bool holdsMatrices = options.Covariance.Kind is CovarianceKind.Full or CovarianceKind.Tied
                || options.Covariance.BlockSizes?.Count > 1;
            bool isDiagonalFloor = holdsMatrices && options.Covariance.VarianceFloorOn == VarianceFloorTarget.Diagonal;
            Require(ObstacleOf(options) ?? (isDiagonalFloor ? DiagonalFloor : null));
        }
    }

    /// <summary>Returns what keeps an M-step from raising the objective in every step, or <see langword="null"/>.</summary>
    private static string? ObstacleOf(GmmOptions options) =>
        options.Prior.Variational is not null ? "variational training"
        : options.Prior.Relevance is not null ? "a relevance factor"
        : options.Covariance.Regularization > 0 ? "regularization"
        : options.Covariance.Shrinkage > 0 || options.Covariance.ShrinkageMethod == ShrinkageMethod.OracleApproximating ? "shrinkage"
        : options.Covariance.MaximumCondition is not null ? "a maximum condition"
        : null;

    private static void Require(string? obstacle)
    {
        if (obstacle is not null)
        {
            throw new ArgumentException(
                $"Acceleration by momentum cannot be combined with {obstacle}, with which a step of EM may lower the log-likelihood: "
                + "leave out one of the two.");
        }
    }
}

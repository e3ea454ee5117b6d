namespace GmmNative.Estimation.Options;

/// <summary>
/// Options with all defaults resolved. <see cref="GmmOptions"/> leaves options open whose default depends on the class that uses them.
/// </summary>
internal sealed record ResolvedOptions
{
    /// <summary>The default weight floor of diffsptk.</summary>
    private const double DefaultWeightFloor = 1e-5;

    public required int Iterations { get; init; }

    public required double Tolerance { get; init; }

    public required ToleranceTarget ToleranceOn { get; init; }

    public required StoppingTest Stopping { get; init; }

    public required InitializationMethod Start { get; init; }

    public required DistanceUnit StartDistances { get; init; }

    public required double WeightFloor { get; init; }

    public required double VarianceFloor { get; init; }

    public required double RelativeVarianceFloor { get; init; }

    public required VarianceFloorTarget VarianceFloorOn { get; init; }

    public required double Regularization { get; init; }

    public required SingularCovarianceHandling SingularCovariance { get; init; }

    public required GaussianMixture? Ubm { get; init; }

    public required double Alpha { get; init; }

    public required int Seed { get; init; }

    public required ExecutionOptions Execution { get; init; }

    /// <summary>Resolves the options of <see cref="GaussianMixtureModeling"/>, with the defaults of diffsptk.</summary>
    public static ResolvedOptions ForReference(GmmOptions options, int components, CovarianceStructure structure) =>
        Resolve(options, GmmOptions.Diffsptk, components, structure);

    /// <summary>Resolves the options of <see cref="GaussianMixtureTrainer"/>.</summary>
    public static ResolvedOptions ForTrainer(GmmOptions options, int components, CovarianceStructure structure) =>
        Resolve(options, GmmOptions.Recommended, components, structure);

    private static ResolvedOptions Resolve(GmmOptions options, GmmOptions defaults, int components, CovarianceStructure structure) => new()
    {
        Iterations = (options.Iterations ?? defaults.Iterations)!.Value,
        Tolerance = options.Tolerance,
        ToleranceOn = (options.ToleranceOn ?? defaults.ToleranceOn)!.Value,
        Stopping = (options.Stopping ?? defaults.Stopping)!.Value,
        Start = (options.Start ?? defaults.Start)!.Value,
        StartDistances = (options.StartDistances ?? defaults.StartDistances)!.Value,
        WeightFloor = options.WeightFloor ?? Math.Min(DefaultWeightFloor, 1.0 / components),
        VarianceFloor = options.VarianceFloor,
        RelativeVarianceFloor = options.RelativeVarianceFloor,
        VarianceFloorOn = (options.VarianceFloorOn ?? defaults.VarianceFloorOn)!.Value,
        Regularization = options.Regularization,
        SingularCovariance = options.SingularCovariance,
        Ubm = options.Ubm?.WithStructure(structure),
        Alpha = options.Alpha,
        Seed = options.Seed,
        Execution = options.Execution,
    };
}

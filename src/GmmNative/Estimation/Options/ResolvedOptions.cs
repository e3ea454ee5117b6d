using CommunityToolkit.HighPerformance;
using GmmNative.Maximization;

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

    public required AccelerationChoice Acceleration { get; init; }

    public required InitializationMethod Start { get; init; }

    /// <summary>Whether the background model is the first model, unless another one is given.</summary>
    public required bool StartsFromUbm { get; init; }

    public required DistanceUnit StartDistances { get; init; }

    public required double WeightFloor { get; init; }

    public required double VarianceFloor { get; init; }

    public required double RelativeVarianceFloor { get; init; }

    public required VarianceFloorTarget VarianceFloorOn { get; init; }

    public required double Regularization { get; init; }

    public required CovarianceShrinkage Shrinkage { get; init; }

    public required double? MaximumCondition { get; init; }

    /// <summary>Whether something other than the floors changes covariances after they have been estimated.</summary>
    public bool ChangesCovariances => Regularization > 0 || Shrinkage.IsActive || MaximumCondition is not null;

    public required SingularCovarianceHandling SingularCovariance { get; init; }

    public required GaussianMixture? Ubm { get; init; }

    public required double Alpha { get; init; }

    /// <summary>The relevance factor, or <see langword="null"/> without such an adaptation.</summary>
    public required double? Relevance { get; init; }

    /// <summary>The parameters that an adaptation with a relevance factor changes.</summary>
    public required MixtureParameters Adapted { get; init; }

    /// <summary>The parameters that the M-step updates.</summary>
    public required MixtureParameters Updated { get; init; }

    /// <summary>The priors of variational training, or <see langword="null"/> for EM.</summary>
    public required GmmVariationalOptions? Variational { get; init; }

    /// <summary>Whether the training is variational.</summary>
    public bool IsVariational => Variational is not null;

    /// <summary>The given posteriors of the start, or <see langword="null"/>.</summary>
    public required ReadOnlyMemory2D<double>? Posteriors { get; init; }

    public required int Seed { get; init; }

    public required int Restarts { get; init; }

    /// <summary>How much work the starts may take. The default is that of a single training.</summary>
    public StartLimits StartLimits { get; init; } = StartLimits.Training;

    public required ExecutionOptions Execution { get; init; }

    /// <summary>Resolves the options of <see cref="GaussianMixtureModeling"/>, with the defaults of diffsptk.</summary>
    public static ResolvedOptions ForReference(GmmOptions options, int components, CovarianceStructure structure) =>
        Resolve(options, GmmOptions.Diffsptk, components, structure);

    /// <summary>Resolves the options of <see cref="GaussianMixtureTrainer"/>.</summary>
    public static ResolvedOptions ForTrainer(GmmOptions options, int components, CovarianceStructure structure) =>
        Resolve(options, GmmOptions.Recommended, components, structure);

    /// <summary>The options with the defaults that were filled in.</summary>
    /// <param name="options">The options as given.</param>
    public GmmOptions FillIn(GmmOptions options) => options with
    {
        Start = (options.Start.IsMethodGiven ? options.Start : options.Start.WithPresetMethod(Start)) with { Distances = StartDistances },
        Stopping = options.Stopping with { Iterations = Iterations, ToleranceOn = ToleranceOn, Test = Stopping },
        Covariance = options.Covariance with { VarianceFloorOn = VarianceFloorOn },
        Update = options.Update with { WeightFloor = WeightFloor },
    };

    /// <summary>Returns the parameters that options let the M-step update.</summary>
    public static MixtureParameters UpdatedBy(GmmOptions options) =>
        (options.Prior.Relevance is null ? MixtureParameters.All : options.Prior.Adapted) & ~options.Update.Frozen;

    private static ResolvedOptions Resolve(GmmOptions options, GmmOptions defaults, int components, CovarianceStructure structure) => new()
    {
        Iterations = options.Stopping.Iterations ?? (options.Prior.Relevance is null ? defaults.Stopping.Iterations!.Value : 1),
        Tolerance = options.Stopping.Tolerance,
        ToleranceOn = (options.Stopping.ToleranceOn ?? defaults.Stopping.ToleranceOn)!.Value,
        Stopping = options.Prior.Variational is null ? (options.Stopping.Test ?? defaults.Stopping.Test)!.Value : StoppingTest.Change,
        Acceleration = AccelerationChoice.Of(
            options,
            defaults.Stopping.Test == StoppingTest.Rise ? options.Stopping.Test ?? StoppingTest.Rise : defaults.Stopping.Test!.Value,
            (options.Covariance.VarianceFloorOn ?? defaults.Covariance.VarianceFloorOn)!.Value,
            structure.Storage.HoldsVariances),
        Start = (options.Start.Method ?? defaults.Start.Method)!.Value,
        StartsFromUbm = options.Prior.Ubm is not null && options.Start.Posteriors is null && !options.Start.IsMethodGiven,
        Posteriors = options.Start.Posteriors,
        Variational = options.Prior.Variational,
        StartDistances = (options.Start.Distances ?? defaults.Start.Distances)!.Value,
        WeightFloor = options.Update.WeightFloor ?? Math.Min(DefaultWeightFloor, 1.0 / components),
        VarianceFloor = options.Covariance.VarianceFloor,
        RelativeVarianceFloor = options.Covariance.RelativeVarianceFloor,
        VarianceFloorOn = (options.Covariance.VarianceFloorOn ?? defaults.Covariance.VarianceFloorOn)!.Value,
        Regularization = options.Covariance.Regularization,
        Shrinkage = options.Covariance.ShrinkageMethod == ShrinkageMethod.OracleApproximating
            ? CovarianceShrinkage.Oas : CovarianceShrinkage.By(options.Covariance.Shrinkage),
        MaximumCondition = options.Covariance.MaximumCondition,
        SingularCovariance = options.Covariance.WhenSingular,
        Ubm = options.Prior.Ubm?.WithStructure(structure),
        Alpha = options.Prior.Alpha,
        Relevance = options.Prior.Relevance,
        Adapted = options.Prior.Adapted,
        Updated = UpdatedBy(options),
        Seed = options.Start.Seed,
        Restarts = options.Start.Restarts,
        Execution = options.Execution,
    };
}

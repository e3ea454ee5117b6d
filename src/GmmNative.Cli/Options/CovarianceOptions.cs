using System.CommandLine;
using GmmNative.Cli.Endings;
using GmmNative.Model;

namespace GmmNative.Cli.Options;

/// <summary>
/// The structure of covariances, what is done to them, and the floor of weights: <c>--covariance --block-size --variance-floor
/// --variance-floor-on --regularization --shrinkage --max-condition --weight-floor</c>.
/// </summary>
/// <param name="isList">Whether <c>--covariance</c> is a list of structures to compare.</param>
internal sealed class CovarianceOptions(bool isList = false)
{
    private readonly Option<CovarianceKind?> _covariance = OptionFactory.Choice(
        "--covariance",
        "Covariance type [diag, or that of the --init or --ubm model]; mclust's EII, VII, EEI, VVI, EEE and VVV are accepted too.",
        CovarianceKindNames.All,
        CovarianceKindNames.Mclust);

    private readonly Option<CovarianceKind[]?> _covariances = OptionFactory.Choices(
        "--covariance",
        "Covariance types to compare, separated by commas; mclust's EII, VII, EEI, VVI, EEE and VVV are accepted too [all].",
        CovarianceKindNames.All,
        CovarianceKindNames.Mclust);

    private readonly Option<int[]?> _blockSizes = OptionFactory.PositiveNumbers(
        "--block-size", "N,N...", "Sizes of the blocks of diag or full covariances; must sum to D [one block].");

    private readonly Option<Amount?> _varianceFloor = OptionFactory.NumberOrPercent(
        "--variance-floor", "V|R%", "Minimum variance; with %, a share of each column's variance [1e-6].");

    private readonly Option<VarianceFloorTarget?> _varianceFloorOn = OptionFactory.Choice(
        "--variance-floor-on",
        "What --variance-floor bounds [eigenvalues].",
        ("eigenvalues", VarianceFloorTarget.Eigenvalues),
        ("diagonal", VarianceFloorTarget.Diagonal));

    private readonly Option<double?> _regularization = OptionFactory.Number(
        "--regularization", "V", "Added to every variance in each iteration [0].", 0, double.MaxValue);

    private readonly Option<double?> _shrinkage = OptionFactory.NumberOrWord(
        "--shrinkage", "S|oas", "Share by which covariances are shrunk toward a multiple of the identity, or oas to estimate it [0].",
        0.0, 1.0, "oas");

    private readonly Option<double?> _maximumCondition = OptionFactory.Number(
        "--max-condition", "C", "Maximum ratio of a covariance's largest and smallest eigenvalue [no limit].", 1, double.MaxValue);

    private readonly Option<double?> _weightFloor = OptionFactory.Number(
        "--weight-floor", "W", "Minimum weight, at most 1/K [1e-5].", 0.0, 1.0);

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(isList ? _covariances : _covariance);
        command.Add(_blockSizes);
        command.Add(_varianceFloor);
        command.Add(_varianceFloorOn);
        command.Add(_regularization);
        command.Add(_shrinkage);
        command.Add(_maximumCondition);
        command.Add(_weightFloor);
    }

    /// <summary>The covariance type, or <see langword="null"/> if the option is not given.</summary>
    public CovarianceKind? Kind(ParseResult parse) => parse.GetValue(_covariance);

    /// <summary>The covariance types to compare, or <see langword="null"/> if the option is not given.</summary>
    public CovarianceKind[]? Kinds(ParseResult parse) => parse.GetValue(_covariances) is { Length: > 0 } kinds ? kinds : null;

    /// <summary>Whether a variance floor is given, rather than the default.</summary>
    public bool HasVarianceFloor(ParseResult parse) => parse.GetValue(_varianceFloor) is not null;

    /// <summary>The block sizes, or <see langword="null"/> if the option is not given.</summary>
    public int[]? BlockSizes(ParseResult parse) => parse.GetValue(_blockSizes) is { Length: > 0 } sizes ? sizes : null;

    /// <summary>Applies floors and regularization.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="components">K, if it is known.</param>
    /// <param name="options">The values of options that are not given.</param>
    public GmmOptions Read(ParseResult parse, int? components, GmmOptions options)
    {
        double? weightFloor = parse.GetValue(_weightFloor);
        if (weightFloor > 1.0 / components)
        {
            throw new UsageException(FormattableString.Invariant(
                $"--weight-floor: {weightFloor} is above 1/K = {1.0 / components}, so the weights could not sum to one"));
        }

        GmmCovarianceOptions covariance = options.Covariance with
        {
            VarianceFloorOn = parse.GetValue(_varianceFloorOn) ?? options.Covariance.VarianceFloorOn,
            Regularization = parse.GetValue(_regularization) ?? options.Covariance.Regularization,
            MaximumCondition = parse.GetValue(_maximumCondition) ?? options.Covariance.MaximumCondition,
        };
        if (parse.GetValue(_shrinkage) is { } shrinkage)
        {
            covariance = double.IsNaN(shrinkage)
                ? covariance with { ShrinkageMethod = ShrinkageMethod.OracleApproximating }
                : covariance with { Shrinkage = shrinkage };
        }

        if (parse.GetValue(_varianceFloor) is { } floor)
        {
            covariance = floor.IsPercent
                ? covariance with { VarianceFloor = 0, RelativeVarianceFloor = floor.Value / 100 }
                : covariance with { VarianceFloor = floor.Value, RelativeVarianceFloor = 0 };
        }

        return options with
        {
            Covariance = covariance,
            Update = options.Update with { WeightFloor = weightFloor ?? options.Update.WeightFloor },
        };
    }
}

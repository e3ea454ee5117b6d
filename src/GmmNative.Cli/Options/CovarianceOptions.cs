using System.CommandLine;
using GmmNative.Cli.Endings;

namespace GmmNative.Cli.Options;

/// <summary>
/// The structure of covariances, and the floors of covariances and weights:
/// <c>--covariance --block-size --variance-floor --variance-floor-on --regularization --weight-floor</c>.
/// </summary>
internal sealed class CovarianceOptions
{
    private readonly Option<CovarianceKind?> _covariance = OptionFactory.Choice(
        "--covariance",
        "Covariance type [diag, or that of the --init or --ubm model].",
        ("diag", CovarianceKind.Diagonal),
        ("full", CovarianceKind.Full));

    private readonly Option<int[]?> _blockSizes = OptionFactory.PositiveNumbers(
        "--block-size", "N,N...", "Sizes of the covariance blocks; must sum to D [one block].");

    private readonly Option<Amount?> _varianceFloor = OptionFactory.NumberOrPercent(
        "--variance-floor", "V|R%", "Minimum variance; with %, a share of each column's variance [1e-6].");

    private readonly Option<VarianceFloorTarget?> _varianceFloorOn = OptionFactory.Choice(
        "--variance-floor-on",
        "What --variance-floor bounds [eigenvalues].",
        ("eigenvalues", VarianceFloorTarget.Eigenvalues),
        ("diagonal", VarianceFloorTarget.Diagonal));

    private readonly Option<double?> _regularization = OptionFactory.Number(
        "--regularization", "V", "Added to every variance in each iteration [0].", 0, double.MaxValue);

    private readonly Option<double?> _weightFloor = OptionFactory.Number(
        "--weight-floor", "W", "Minimum weight, at most 1/K [1e-5].", 0.0, 1.0);

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_covariance);
        command.Add(_blockSizes);
        command.Add(_varianceFloor);
        command.Add(_varianceFloorOn);
        command.Add(_regularization);
        command.Add(_weightFloor);
    }

    /// <summary>The covariance type, or <see langword="null"/> if the option is not given.</summary>
    public CovarianceKind? Kind(ParseResult parse) => parse.GetValue(_covariance);

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
        };
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

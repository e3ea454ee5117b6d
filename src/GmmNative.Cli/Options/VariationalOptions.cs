using System.CommandLine;
using GmmNative.Cli.Endings;

namespace GmmNative.Cli.Options;

/// <summary>
/// Variational training and its priors:
/// <c>--variational --concentration --mean-precision --degrees-of-freedom --mean-prior --covariance-prior</c>.
/// </summary>
internal sealed class VariationalOptions
{
    private readonly Option<WeightPrior?> _variational = OptionFactory.Choice(
        "--variational",
        "Train a variational Bayesian mixture with this prior of the weights; floors and --regularization do not apply.",
        ("dirichlet", WeightPrior.DirichletDistribution),
        ("process", WeightPrior.DirichletProcess));

    private readonly Option<double?> _concentration = OptionFactory.PositiveNumber(
        "--concentration", "G", "Concentration of the prior of the weights [1/K].");

    private readonly Option<double?> _meanPrecision = OptionFactory.PositiveNumber(
        "--mean-precision", "B", "Number of rows that the prior mean counts as [1].");

    private readonly Option<double?> _degrees = OptionFactory.PositiveNumber(
        "--degrees-of-freedom", "N", "Degrees of freedom of the prior of the covariances, above D - 1 [D].");

    private readonly Option<string?> _mean = OptionFactory.File("--mean-prior", "FILE", "Prior mean, D numbers [the mean of the rows].");

    private readonly Option<string?> _covariance = OptionFactory.File(
        "--covariance-prior", "FILE", "Prior covariance: D variances for diag, D x D for full [that of the rows].");

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_variational);
        command.Add(_concentration);
        command.Add(_meanPrecision);
        command.Add(_degrees);
        command.Add(_mean);
        command.Add(_covariance);
    }

    /// <summary>The file of the prior mean, or <see langword="null"/>.</summary>
    public string? MeanFile(ParseResult parse) => parse.GetValue(_mean);

    /// <summary>The file of the prior covariance, or <see langword="null"/>.</summary>
    public string? CovarianceFile(ParseResult parse) => parse.GetValue(_covariance);

    /// <summary>Applies the options that are given, without the files.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="options">The values of options that are not given.</param>
    /// <param name="model">The output file of the model.</param>
    /// <exception cref="UsageException">Options contradict each other.</exception>
    public GmmOptions Read(ParseResult parse, GmmOptions options, string model)
    {
        if (parse.GetValue(_variational) is not { } weights)
        {
            foreach (Option option in (ReadOnlySpan<Option>)[_concentration, _meanPrecision, _degrees, _mean, _covariance])
            {
                if (parse.GetResult(option) is { Implicit: false })
                {
                    throw new UsageException($"{option.Name}: requires --variational dirichlet or --variational process");
                }
            }

            return options;
        }

        GmmPriorOptions prior = options.Prior;
        if (prior.Alpha > 0 || prior.Relevance is not null || options.Update.Frozen != MixtureParameters.None)
        {
            throw new UsageException(
                "--variational: has its own priors and updates everything; leave out --alpha, --relevance and --freeze");
        }

        if (Path.GetExtension(model).Equals(".gmm", StringComparison.OrdinalIgnoreCase))
        {
            throw new UsageException($"-o: {model}: .gmm files cannot store a variational model; write .npz or .json");
        }

        GmmVariationalOptions variational = new()
        {
            Weights = weights,
            Concentration = parse.GetValue(_concentration),
            DegreesOfFreedom = parse.GetValue(_degrees),
        };
        return options with
        {
            Prior = prior with
            {
                Variational = variational with { MeanPrecision = parse.GetValue(_meanPrecision) ?? variational.MeanPrecision },
            },
        };
    }
}

using System.CommandLine;

namespace GmmNative.Cli.Options;

/// <summary>The passes of EM: <c>--iterations --tolerance --tolerance-on --accelerate</c>.</summary>
/// <param name="iterations">The default of the number of iterations, for the help.</param>
/// <param name="tolerance">The default of the tolerance, for the help.</param>
internal sealed class StoppingOptions(string iterations = "300; 1 with --relevance", string tolerance = "1e-5")
{
    private readonly Option<int?> _iterations = OptionFactory.Number(
        "--iterations", "N", $"Maximum number of EM iterations [{iterations}].", 1, int.MaxValue);

    private readonly Option<double?> _tolerance = OptionFactory.Number(
        "--tolerance", "EPS", $"Stop when the log-likelihood rises by less than EPS nats [{tolerance}].", 0, double.MaxValue);

    private readonly Option<ToleranceTarget?> _toleranceOn = OptionFactory.Choice(
        "--tolerance-on",
        "The log-likelihood that --tolerance refers to [average].",
        ("total", ToleranceTarget.Total),
        ("average", ToleranceTarget.Average));

    private readonly Option<Acceleration?> _accelerate = OptionFactory.Choice(
        "--accelerate",
        "Fewer EM iterations for the same log-likelihood [none].",
        ("auto", Acceleration.Auto),
        ("momentum", Acceleration.Momentum),
        ("none", Acceleration.None));

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_iterations);
        command.Add(_tolerance);
        command.Add(_toleranceOn);
        command.Add(_accelerate);
    }

    /// <summary>Whether the number of iterations is given.</summary>
    public bool HasIterations(ParseResult parse) => parse.GetValue(_iterations) is not null;

    /// <summary>Applies the options that are given.</summary>
    public GmmOptions Read(ParseResult parse, GmmOptions options) => options with
    {
        Acceleration = parse.GetValue(_accelerate) ?? options.Acceleration,
        Stopping = options.Stopping with
        {
            Iterations = parse.GetValue(_iterations) ?? options.Stopping.Iterations,
            Tolerance = parse.GetValue(_tolerance) ?? options.Stopping.Tolerance,
            ToleranceOn = parse.GetValue(_toleranceOn) ?? options.Stopping.ToleranceOn,
        },
    };
}

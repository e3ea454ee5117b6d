using System.CommandLine;
using GmmNative.Cli.Endings;

namespace GmmNative.Cli.Options;

/// <summary>What is predicted from what, and how: <c>--given --target --regression</c>.</summary>
internal sealed class RegressionOptions
{
    private const string GivenName = "--given";
    private const string TargetName = "--target";

    private readonly Option<string[]?> _given = OptionFactory.Columns(
        GivenName, "Columns of the model to predict from [the first ones, as many as the input has, or all but --target].");

    private readonly Option<string[]?> _target = OptionFactory.Columns(TargetName, "Columns of the model to predict [all but --given].");

    private readonly Option<RegressionKind?> _regression = OptionFactory.Choice(
        "--regression",
        "Predict by the most probable component, or by the expected value of the mixture [best].",
        ("best", RegressionKind.Best),
        ("expected", RegressionKind.Expected));

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_given);
        command.Add(_target);
        command.Add(_regression);
    }

    /// <summary>The kind of regression, or <see langword="null"/> if the option is not given.</summary>
    public RegressionKind? Kind(ParseResult parse) => parse.GetValue(_regression);

    /// <summary>Whether the options name the given or the target columns.</summary>
    public bool NamesColumns(ParseResult parse) =>
        OptionFactory.Repeated(parse, _given) is not null || OptionFactory.Repeated(parse, _target) is not null;

    /// <summary>Returns the given and the target coordinates that the options name.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="model">The model.</param>
    /// <param name="path">The file of the model, for messages.</param>
    /// <exception cref="UsageException">A column does not exist, is listed twice, or is in both lists, or no column remains.</exception>
    public (int[] Given, int[] Targets) Read(ParseResult parse, GaussianMixture model, string path)
    {
        int[]? given = Resolve(OptionFactory.Repeated(parse, _given), GivenName);
        int[]? targets = Resolve(OptionFactory.Repeated(parse, _target), TargetName);
        if (given is not null && targets is not null)
        {
            HashSet<int> known = [.. given];
            return Array.FindIndex(targets, known.Contains) is var place and >= 0
                ? throw new UsageException($"{TargetName}: {ModelColumnList.Describe(model, targets[place])} is also in {GivenName}")
                : (given, targets);
        }

        return given is null ? (Others(targets!, TargetName), targets!) : (given, Others(given, GivenName));

        int[]? Resolve(string[]? entries, string option) =>
            entries is null ? null : ModelColumnList.Resolve(model, path, option, entries);

        int[] Others(int[] listed, string option)
        {
            int[] others = [.. Enumerable.Range(0, model.Dimension).Except(listed)];
            return others.Length > 0 ? others : throw new UsageException(
                $"{option} lists all {model.Dimension} columns of {path}, so none remains "
                + (option == GivenName ? "to predict" : "to predict from"));
        }
    }
}

using System.CommandLine;
using System.Globalization;
using GmmNative.Cli.Endings;

namespace GmmNative.Cli.Options;

/// <summary>What a selection compares, and how: <c>-k --criterion --heldout --folds</c>.</summary>
internal sealed class SelectionOptions
{
    /// <summary>The maximum number of numbers of components, so that a typo does not fill the memory.</summary>
    private const int MaximumCount = 10_000;

    private readonly Option<int[]?> _components = new("-k")
    {
        HelpName = "A..B[:STEP]",
        Description = "Numbers of components to compare: 1..9, 2..32:2, a list like 1,2,4,8, or a list of both.",
        Required = true,
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (ParseList(text) is { } numbers)
            {
                return numbers;
            }

            result.AddError(
                $"-k: '{text}' is not a list of numbers of at least 1 and ranges like 1..9 or 2..32:2, {MaximumCount} numbers at most");
            return null;
        },
        Arity = ArgumentArity.ExactlyOne,
    };

    private readonly Option<SelectionCriterion?> _criterion = OptionFactory.Choice(
        "--criterion",
        "What the model is chosen by; heldout is the log-likelihood of rows that were not used in training [bic].",
        ("bic", SelectionCriterion.Bic),
        ("aic", SelectionCriterion.Aic),
        ("icl", SelectionCriterion.Icl),
        ("heldout", SelectionCriterion.HeldOut));

    private readonly Option<string?> _heldOut = OptionFactory.File(
        "--heldout", "FILE", "Vectors for the held-out log-likelihood, in the format of INPUT.");

    private readonly Option<int?> _folds = OptionFactory.Number(
        "--folds", "N", "Folds of a cross-validation for the held-out log-likelihood: blocks of consecutive rows [5 if needed].", 2,
        int.MaxValue);

    /// <summary>Adds the options of the grid to a command.</summary>
    public void AddGridTo(Command command) => command.Add(_components);

    /// <summary>Adds the options of the criterion to a command.</summary>
    public void AddCriterionTo(Command command)
    {
        command.Add(_criterion);
        command.Add(_heldOut);
        command.Add(_folds);
    }

    /// <summary>The numbers of components.</summary>
    public int[] Components(ParseResult parse) => parse.GetRequiredValue(_components)!;

    /// <summary>The criterion.</summary>
    public SelectionCriterion Criterion(ParseResult parse) => parse.GetValue(_criterion) ?? SelectionCriterion.Bic;

    /// <summary>The file of the held-out vectors, or <see langword="null"/>.</summary>
    /// <exception cref="UsageException">Folds are given, too.</exception>
    public string? HeldOut(ParseResult parse)
    {
        string? file = parse.GetValue(_heldOut);
        return file is null || parse.GetValue(_folds) is null ? file
            : throw new UsageException("--heldout and --folds both give the held-out log-likelihood; use one of them");
    }

    /// <summary>The number of folds, or 0 if it is not given.</summary>
    public int Folds(ParseResult parse) => parse.GetValue(_folds) ?? 0;

    /// <summary>Reads a list of numbers and ranges. Returns <see langword="null"/> if it is invalid.</summary>
    private static int[]? ParseList(string text)
    {
        List<int> numbers = [];
        foreach (string part in text.Split(','))
        {
            string[] stepped = part.Split(':');
            string[] ends = stepped[0].Split("..");
            if (stepped.Length > 2 || ends.Length > 2 || (stepped.Length == 2 && ends.Length == 1)
                || ParseNumber(ends[0]) is not { } first || ParseNumber(ends[^1]) is not { } last
                || ParseNumber(stepped.Length == 2 ? stepped[1] : "1") is not { } step || last < first
                || (((long)last - first) / step) + numbers.Count >= MaximumCount)
            {
                return null;
            }

            for (long number = first; number <= last; number += step)
            {
                numbers.Add((int)number);
            }
        }

        return [.. numbers];
    }

    private static int? ParseNumber(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 1 ? number : null;
}

using System.CommandLine;
using GmmNative.Cli.Endings;
using GmmNative.Cli.Options;

namespace GmmNative.Cli.Commands;

/// <summary><c>gmm condition</c>: the conditional mixture of the other columns, given values of some.</summary>
internal sealed class ConditionCommand : DerivedModelCommand
{
    private const string TargetName = "--target";

    private readonly GivenValueOptions _given = new();
    private readonly Option<string[]?> _target = OptionFactory.Columns(
        TargetName, "Columns to keep, in this order [all that are not given].");

    public ConditionCommand()
        : base(
            "condition",
            "Write the conditional mixture of the other columns, given the values of some columns.",
            "gmm condition faithful.npz --given eruptions=4.5 -o waiting.npz",
            "gmm condition joint.npz --given 1=0.5,2=-1 --target 4 -o fourth.npz")
    {
        _given.AddTo(this);
        Add(_target);
        AddSharedOptions();
    }

    protected override GaussianMixture Derive(ParseResult parse, GaussianMixture model, string path)
    {
        (int[] given, double[] values) = _given.Read(parse, model, path);
        int[]? targets = OptionFactory.Repeated(parse, _target) is { } entries
            ? ModelColumnList.Resolve(model, path, TargetName, entries)
            : null;
        if (targets?.Intersect(given).Select(column => (int?)column).FirstOrDefault() is { } both)
        {
            throw new UsageException($"{TargetName}: {ModelColumnList.Describe(model, both)} is also in {GivenValueOptions.Name}");
        }

        return targets is null && given.Length == model.Dimension
            ? throw new UsageException(
                $"{GivenValueOptions.Name} contains all {model.Dimension} columns of {path}, so none remains for the conditional mixture")
            : model.Condition(given, values, targets);
    }
}

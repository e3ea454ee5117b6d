using System.CommandLine;
using GmmNative.Cli.Endings;
using GmmNative.Cli.Input;
using GmmNative.Cli.Options;

namespace GmmNative.Cli.Commands;

/// <summary><c>gmm condition</c>: the conditional mixture of the other columns, given values of some.</summary>
internal sealed class ConditionCommand : GmmCommand
{
    private const string TargetName = "--target";

    private readonly Argument<string> _model = new("MODEL") { Description = "Model: .npz, .json or .gmm." };
    private readonly GivenValueOptions _given = new();
    private readonly Option<string[]?> _target = OptionFactory.Columns(
        TargetName, "Columns to keep, in this order [all that are not given].");

    private readonly ModelOutputOptions _files = new();

    public ConditionCommand()
        : base(
            "condition",
            "Write the conditional mixture of the other columns, given the values of some columns.",
            "gmm condition faithful.npz --given eruptions=4.5 -o waiting.npz",
            "gmm condition joint.npz --given 1=0.5,2=-1 --target 4 -o fourth.npz")
    {
        Add(_model);
        _given.AddTo(this);
        Add(_target);
        _files.AddTo(this);
        SetAction(Run);
    }

    private int Run(ParseResult parse)
    {
        string path = parse.GetRequiredValue(_model);
        GaussianMixture model = _files.Load(parse, path);
        (int[] given, double[] values) = _given.Read(parse, model, path);
        int[]? targets = OptionFactory.Repeated(parse, _target) is { } entries
            ? ModelColumnList.Resolve(model, path, TargetName, entries)
            : null;
        if (targets?.Intersect(given).Select(column => (int?)column).FirstOrDefault() is { } both)
        {
            throw new UsageException($"{TargetName}: {ModelColumnList.Describe(model, both)} is also in {GivenValueOptions.Name}");
        }

        if (targets is null && given.Length == model.Dimension)
        {
            throw new UsageException(
                $"{GivenValueOptions.Name} contains all {model.Dimension} columns of {path}, so none remains for the conditional mixture");
        }

        _files.Save(parse, model.Condition(given, values, targets));
        return ExitCode.Success;
    }
}

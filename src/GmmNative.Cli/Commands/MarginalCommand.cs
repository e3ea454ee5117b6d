using System.CommandLine;
using GmmNative.Cli.Endings;
using GmmNative.Cli.Input;
using GmmNative.Cli.Options;
using GmmNative.Cli.Output;

namespace GmmNative.Cli.Commands;

/// <summary><c>gmm marginal</c>: the marginal mixture of some columns.</summary>
internal sealed class MarginalCommand : GmmCommand
{
    private const string ColumnsName = "--columns";

    private readonly Argument<string> _model = new("MODEL") { Description = "Model: .npz, .json or .gmm." };
    private readonly Option<string[]?> _columns = OptionFactory.Columns(ColumnsName, "Columns to keep, in this order.");
    private readonly ModelOutputOptions _files = new();

    public MarginalCommand()
        : base(
            "marginal",
            "Write the marginal mixture of some columns: the distribution of these columns alone.",
            "gmm marginal joint.npz --columns 1-3 -o first.npz",
            "gmm marginal faithful.npz --columns waiting -o waiting.npz")
    {
        _columns.Required = true;
        Add(_model);
        Add(_columns);
        _files.AddTo(this);
        SetAction(Run);
    }

    private int Run(ParseResult parse)
    {
        string path = parse.GetRequiredValue(_model);
        GaussianMixture model = _files.Load(parse, path);
        int[] columns = ModelColumnList.Resolve(model, path, ColumnsName, parse.GetRequiredValue(_columns)!);
        _files.Save(parse, model.Marginal(columns));
        return ExitCode.Success;
    }
}

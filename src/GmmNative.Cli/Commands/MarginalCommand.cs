using System.CommandLine;
using GmmNative.Cli.Options;

namespace GmmNative.Cli.Commands;

/// <summary><c>gmm marginal</c>: the marginal mixture of some columns.</summary>
internal sealed class MarginalCommand : DerivedModelCommand
{
    private const string ColumnsName = "--columns";

    private readonly Option<string[]?> _columns = OptionFactory.Columns(ColumnsName, "Columns to keep, in this order.");

    public MarginalCommand()
        : base(
            "marginal",
            "Write the marginal mixture of some columns: the distribution of these columns alone.",
            "gmm marginal joint.npz --columns 1-3 -o first.npz",
            "gmm marginal faithful.npz --columns waiting -o waiting.npz")
    {
        _columns.Required = true;
        Add(_columns);
        AddSharedOptions();
    }

    protected override GaussianMixture Derive(ParseResult parse, GaussianMixture model, string path) =>
        model.Marginal(ModelColumnList.Resolve(model, path, ColumnsName, parse.GetRequiredValue(_columns)!));
}

using System.CommandLine;
using GmmNative.Cli.Endings;
using GmmNative.Cli.Input;
using GmmNative.Cli.Options;
using GmmNative.Cli.Output;
using GmmNative.Model;

namespace GmmNative.Cli.Commands;

/// <summary><c>gmm convert</c>: converts a model to another format or covariance type.</summary>
internal sealed class ConvertCommand : GmmCommand
{
    private readonly Argument<string> _in = new("IN") { Description = "Model to read: .npz, .json or .gmm." };
    private readonly Argument<string> _out = new("OUT") { Description = "Model to write; the extension determines the format." };
    private readonly Option<int?> _dimension = OptionFactory.Number(
        "--dimension", "D", "Dimension of a .gmm model to read.", 1, int.MaxValue);
    private readonly Option<int?> _components = OptionFactory.Number(
        "-k", "K", "Number of components of a .gmm model to read.", 1, int.MaxValue);

    private readonly Option<CovarianceKind?> _covariance = OptionFactory.Choice(
        "--covariance", "Covariance type of the output; covariances that it shares are averaged [that of IN].",
        CovarianceKindNames.All, CovarianceKindNames.Mclust);

    public ConvertCommand()
        : base(
            "convert",
            "Convert a model to the format of the output's extension.",
            "gmm convert model.npz model.json",
            "gmm convert sptk.gmm model.npz --dimension 39 -k 64",
            "gmm convert tied.npz full.npz --covariance full",
            "gmm convert model.npz model.sklearn.npz")
    {
        Add(_in);
        Add(_out);
        Add(_dimension);
        Add(_components);
        Add(_covariance);
        SetAction(Run);
    }

    private int Run(ParseResult parse)
    {
        string from = parse.GetRequiredValue(_in);
        string to = parse.GetRequiredValue(_out);
        OutputFile.CheckAll([new OutputFile("OUT", to, OutputKind.Model)], [from]);
        GaussianMixture model = ModelInput.Load(from, parse.GetValue(_dimension), parse.GetValue(_components));
        if (parse.GetValue(_covariance) is { } kind && kind != model.Structure.Kind)
        {
            model = model.WithStructure(new CovarianceStructure(kind, model.Dimension));
        }

        ModelFile.Save(model, to);
        return ExitCode.Success;
    }
}

using System.CommandLine;
using GmmNative.Cli.Endings;
using GmmNative.Cli.Input;
using GmmNative.Cli.Options;
using GmmNative.Cli.Output;
using GmmNative.Onnx;

namespace GmmNative.Cli.Commands;

/// <summary><c>gmm export</c>: writes a model as a file that other programs can run.</summary>
internal sealed class ExportCommand : GmmCommand
{
    private const string Extension = ".onnx";

    private readonly Argument<string> _model = new("MODEL") { Description = "Model: .npz, .json or .gmm." };
    private readonly Option<string?> _out = OptionFactory.File("-o", "FILE", "File to write: .onnx.", "--output");
    private readonly Option<Precision?> _precision = OptionFactory.Choice(
        "--precision", "Type of the input and of the results [double].", ("double", Precision.Double), ("single", Precision.Single));

    private readonly Option<int?> _dimension = OptionFactory.Number("--dimension", "D", "Dimension of a .gmm model.", 1, int.MaxValue);
    private readonly Option<int?> _components = OptionFactory.Number("-k", "K", "Number of components of a .gmm model.", 1, int.MaxValue);

    public ExportCommand()
        : base(
            "export",
            "Write a model as ONNX: log-densities, posteriors and labels.",
            "gmm export model.npz -o model.onnx",
            "gmm export model.npz -o model.onnx --precision single")
    {
        Add(_model);
        Add(_out);
        Add(_precision);
        Add(_dimension);
        Add(_components);
        SetAction(Run);
    }

    private int Run(ParseResult parse)
    {
        string from = parse.GetRequiredValue(_model);
        string to = parse.GetValue(_out) ?? throw new UsageException("export needs -o FILE.onnx");
        if (to != "-" && !to.EndsWith(Extension, StringComparison.OrdinalIgnoreCase))
        {
            throw new UsageException($"-o {to}: the extension must be {Extension}");
        }

        OutputFile output = new("-o", to, OutputKind.Document);
        OutputFile.CheckAll([output], [from]);
        GaussianMixture model = ModelInput.Load(from, parse.GetValue(_dimension), parse.GetValue(_components));
        output.Write(OnnxFile.Save(model, parse.GetValue(_precision) ?? Precision.Double));
        return ExitCode.Success;
    }
}

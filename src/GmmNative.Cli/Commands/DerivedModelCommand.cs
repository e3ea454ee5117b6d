using System.CommandLine;
using GmmNative.Cli.Endings;
using GmmNative.Cli.Input;
using GmmNative.Cli.Options;
using GmmNative.Cli.Output;

namespace GmmNative.Cli.Commands;

/// <summary>A command that derives a model from a model: <c>MODEL -o MODEL</c>.</summary>
internal abstract class DerivedModelCommand : GmmCommand
{
    private readonly Argument<string> _model = new("MODEL") { Description = "Model: .npz, .json or .gmm." };
    private readonly Option<string?> _output = OptionFactory.File(
        "-o", "MODEL", "Model to write: .npz, .json or .gmm.", "--output");

    private readonly Option<int?> _dimension = OptionFactory.Number(
        "--dimension", "D", "Dimension of a .gmm model to read.", 1, int.MaxValue);

    private readonly Option<int?> _components = OptionFactory.Number(
        "-k", "K", "Number of components of a .gmm model to read.", 1, int.MaxValue);

    protected DerivedModelCommand(string name, string description, params string[] examples)
        : base(name, description, examples)
    {
        _output.Required = true;
        Add(_model);
        SetAction(Run);
    }

    /// <summary>Derives the model to write.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="model">The model that was read.</param>
    /// <param name="path">The file of that model, for messages.</param>
    protected abstract GaussianMixture Derive(ParseResult parse, GaussianMixture model, string path);

    /// <summary>Adds the shared options; called after a command has added its own options, so that these come first in the help.</summary>
    protected void AddSharedOptions()
    {
        Add(_output);
        Add(_dimension);
        Add(_components);
    }

    private int Run(ParseResult parse)
    {
        string path = parse.GetRequiredValue(_model);
        string output = parse.GetRequiredValue(_output)!;
        OutputFile.CheckAll([new OutputFile("-o", output, OutputKind.Model)], [path]);
        GaussianMixture model = ModelInput.Load(path, parse.GetValue(_dimension), parse.GetValue(_components));
        ModelFile.Save(Derive(parse, model, path), output);
        return ExitCode.Success;
    }
}

using System.CommandLine;
using GmmNative.Cli.Input;
using GmmNative.Cli.Output;

namespace GmmNative.Cli.Options;

/// <summary>The files of a command that makes a model from a model: <c>-o --dimension -k</c>.</summary>
internal sealed class ModelOutputOptions
{
    private readonly Option<string?> _output = OptionFactory.File(
        "-o", "MODEL", "Model to write: .npz, .json or .gmm.", "--output");

    private readonly Option<int?> _dimension = OptionFactory.Number(
        "--dimension", "D", "Dimension of a .gmm model to read.", 1, int.MaxValue);

    private readonly Option<int?> _components = OptionFactory.Number(
        "-k", "K", "Number of components of a .gmm model to read.", 1, int.MaxValue);

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        _output.Required = true;
        command.Add(_output);
        command.Add(_dimension);
        command.Add(_components);
    }

    /// <summary>Checks that the output can be written, and reads the model.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="path">The model to read.</param>
    public GaussianMixture Load(ParseResult parse, string path)
    {
        OutputFile.CheckAll([new OutputFile("-o", parse.GetRequiredValue(_output)!, OutputKind.Model)], [path]);
        return ModelInput.Load(path, parse.GetValue(_dimension), parse.GetValue(_components));
    }

    /// <summary>Writes the model.</summary>
    public void Save(ParseResult parse, GaussianMixture model) => ModelFile.Save(model, parse.GetRequiredValue(_output)!);
}

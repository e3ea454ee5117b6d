using System.CommandLine;

namespace GmmNative.Cli.Options;

/// <summary>What raw files do not say themselves: <c>--dimension</c> and <c>--type</c>.</summary>
internal sealed class VectorOptions
{
    private readonly Option<int?> _dimension =
        OptionFactory.Number("--dimension", "D", "Numbers in a row of a raw input; also of a .gmm model.", 1, int.MaxValue);

    private readonly Option<RawNumberType?> _type = OptionFactory.Choice(
        "--type", "Numbers of a raw input [f64].", ("f64", RawNumberType.Float64), ("f32", RawNumberType.Float32));

    public void AddTo(Command command)
    {
        command.Add(_dimension);
        command.Add(_type);
    }

    public VectorFileOptions Read(ParseResult parse) => new()
    {
        Dimension = parse.GetValue(_dimension),
        RawType = parse.GetValue(_type) ?? RawNumberType.Float64,
    };
}

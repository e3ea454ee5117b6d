using System.CommandLine;

namespace GmmNative.Cli.Options;

/// <summary>How to read vectors, and which of their columns: <c>--columns --header --format --dimension --type</c>.</summary>
internal sealed class VectorOptions
{
    /// <summary>What INPUT may be, for the help.</summary>
    public const string Formats =
        "Vectors: .npy, text (.csv, .tsv, .txt), raw numbers (.f64, .f32, .raw, .bin), or any of them as .gz; - is standard input.";

    private readonly Option<string[]?> _columns = new("--columns")
    {
        HelpName = "NAMES|NUMBERS",
        Description = "Columns to read, in this order: names, numbers from 1, ranges like 2-5; !NAME is all but NAME "
            + "[all, or as the model names them].",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<HeaderRow?> _header = OptionFactory.Choice(
        "--header",
        "Whether the first line of a text names its columns [auto].",
        ("auto", HeaderRow.Auto),
        ("yes", HeaderRow.Yes),
        ("no", HeaderRow.No));

    private readonly Option<VectorFileFormat?> _format = OptionFactory.Choice(
        "--format",
        "Format of the input; txt is text separated by blanks [seen from the first bytes and the extension].",
        ("npy", VectorFileFormat.Npy),
        ("csv", VectorFileFormat.Csv),
        ("tsv", VectorFileFormat.Tsv),
        ("txt", VectorFileFormat.Text),
        ("raw", VectorFileFormat.Raw));

    private readonly Option<int?> _dimension =
        OptionFactory.Number("--dimension", "D", "Numbers in a row of a raw input; also of a .gmm model.", 1, int.MaxValue);

    private readonly Option<RawNumberType?> _type = OptionFactory.Choice(
        "--type",
        "Numbers of a raw input [as the extension says, else f64].",
        ("f64", RawNumberType.Float64),
        ("f32", RawNumberType.Float32));

    public void AddTo(Command command)
    {
        command.Add(_columns);
        command.Add(_header);
        command.Add(_format);
        command.Add(_dimension);
        command.Add(_type);
    }

    public VectorFileOptions Read(ParseResult parse) => new()
    {
        Dimension = parse.GetValue(_dimension),
        RawType = parse.GetValue(_type),
        Format = parse.GetValue(_format),
        Header = parse.GetValue(_header) ?? HeaderRow.Auto,
        Columns = parse.GetValue(_columns) is { Length: > 0 } columns ? columns : null,
    };
}

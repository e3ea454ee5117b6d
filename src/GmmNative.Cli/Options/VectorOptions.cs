using System.CommandLine;
using GmmNative.Formats.Arrow;
using GmmNative.Formats.Parquet;

namespace GmmNative.Cli.Options;

/// <summary>How to read vectors, and which columns: <c>--columns --missing --header --format --dimension --type</c>.</summary>
/// <param name="fixedPolicy">What the command does with missing values, or <see langword="null"/> if an option specifies it.</param>
internal sealed class VectorOptions(MissingValues? fixedPolicy = null)
{
    /// <summary>The formats of INPUT, for the help.</summary>
    public const string Formats =
        "Vectors: .npy, .npz (FILE:NAME), .parquet, text (.csv, .tsv, .txt), raw numbers (.f64, .f32, .raw, .bin), Kaldi (.ark, .scp), "
        + "HTK features, lists of files; the others also as .gz; patterns such as '*.npy'; - is standard input.";

    private readonly Option<string[]?> _columns = new("--columns")
    {
        HelpName = "NAMES|NUMBERS",
        Description = "Columns to read, in this order: names, numbers from 1, ranges like 2-5; !NAME is all but NAME "
            + "[all, or the columns that the model names].",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<MissingValues?> _missing = OptionFactory.Choice(
        "--missing",
        "Missing values (NaN; in text also empty fields, NA, null): report an error, integrate them out, or drop their rows [error].",
        ("error", MissingValues.Error),
        ("marginalize", MissingValues.Marginalize),
        ("drop", MissingValues.Drop));

    private readonly Option<HeaderRow?> _header = OptionFactory.Choice(
        "--header",
        "Whether the first line of a text file names the columns [auto].",
        ("auto", HeaderRow.Auto),
        ("yes", HeaderRow.Yes),
        ("no", HeaderRow.No));

    private readonly Option<VectorFileFormat?> _format = OptionFactory.Choice(
        "--format",
        "Format of the input; txt is text separated by blanks, scp a list of files [detected from the first bytes and the extension].",
        ("npy", VectorFileFormat.Npy),
        ("csv", VectorFileFormat.Csv),
        ("tsv", VectorFileFormat.Tsv),
        ("txt", VectorFileFormat.Text),
        ("raw", VectorFileFormat.Raw),
        ("htk", VectorFileFormat.Htk),
        ("scp", VectorFileFormat.Scp));

    private readonly Option<int?> _dimension =
        OptionFactory.Number("--dimension", "D", "Dimension of the rows of a raw input or a .gmm model.", 1, int.MaxValue);

    private readonly Option<RawNumberType?> _type = OptionFactory.Choice(
        "--type",
        "Number type of a raw input [by extension, else f64].",
        ("f64", RawNumberType.Float64),
        ("f32", RawNumberType.Float32));

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="hasColumns">Whether the option <c>--columns</c> selects the columns to read.</param>
    public void AddTo(Command command, bool hasColumns = true)
    {
        if (hasColumns)
        {
            command.Add(_columns);
        }

        if (fixedPolicy is null)
        {
            command.Add(_missing);
        }

        command.Add(_header);
        command.Add(_format);
        command.Add(_dimension);
        command.Add(_type);
    }

    public VectorFileOptions Read(ParseResult parse) => new()
    {
        AdditionalFormats = [new ParquetVectorFormat(), new ArrowVectorFormat()],
        Dimension = parse.GetValue(_dimension),
        RawType = parse.GetValue(_type),
        Format = parse.GetValue(_format),
        MissingValues = fixedPolicy ?? parse.GetValue(_missing) ?? MissingValues.Error,
        Header = parse.GetValue(_header) ?? HeaderRow.Auto,
        Columns = parse.GetValue(_columns) is { Length: > 0 } columns ? columns : null,
    };
}

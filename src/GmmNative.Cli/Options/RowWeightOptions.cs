using System.CommandLine;
using GmmNative.Cli.Endings;

namespace GmmNative.Cli.Options;

/// <summary>How much each row counts: <c>--weights --weight-column</c>.</summary>
internal sealed class RowWeightOptions
{
    private readonly Option<string?> _file = OptionFactory.File(
        "--weights",
        "FILE",
        "Row weights: one number of at least 0 per row of all inputs together, as .npy or text. A row of weight 2 counts twice, one of "
        + "weight 0 not at all [1].");

    private readonly Option<string?> _column = new("--weight-column")
    {
        HelpName = "NAME",
        Description = "Column that contains the row weights. It is not a coordinate.",
    };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_file);
        command.Add(_column);
    }

    /// <summary>Returns the file of the row weights, or <see langword="null"/> if it is not given.</summary>
    /// <exception cref="UsageException">Both options are given, or standard input is given twice.</exception>
    public string? File(ParseResult parse, IReadOnlyList<string> inputs)
    {
        string? file = parse.GetValue(_file);
        if (file is not null && parse.GetValue(_column) is not null)
        {
            throw new UsageException("--weights and --weight-column both give the row weights; use one of them");
        }

        return file != "-" || !inputs.Contains("-") ? file
            : throw new UsageException("--weights: standard input can be read only once, and INPUT reads it");
    }

    /// <summary>Returns the column of the row weights, or <see langword="null"/> if it is not given.</summary>
    public string? Column(ParseResult parse) => parse.GetValue(_column);
}

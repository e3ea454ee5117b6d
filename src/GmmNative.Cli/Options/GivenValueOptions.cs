using System.CommandLine;
using System.Globalization;
using GmmNative.Cli.Endings;

namespace GmmNative.Cli.Options;

/// <summary>The values of given columns: <c>--given NAME=VALUE,...</c>.</summary>
internal sealed class GivenValueOptions
{
    /// <summary>The name of the option.</summary>
    public const string Name = "--given";

    private readonly Option<string[]?> _given = new(Name)
    {
        HelpName = "NAME=VALUE,...",
        Description = "Values of the given columns, each named or numbered from 1: eruptions=4.5 or 1=4.5,3=-2.",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
        Required = true,
    };

    /// <summary>Adds the option to a command.</summary>
    public void AddTo(Command command) => command.Add(_given);

    /// <summary>Returns the given coordinates, from 0, and their values.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="model">The model.</param>
    /// <param name="path">The file of the model, for messages.</param>
    /// <exception cref="UsageException">An entry is not NAME=VALUE, or a column does not exist or is given twice.</exception>
    public (int[] Given, double[] Values) Read(ParseResult parse, GaussianMixture model, string path)
    {
        List<int> given = [];
        List<double> values = [];
        foreach (string entry in parse.GetRequiredValue(_given)!.SelectMany(entry => Split(entry, model)))
        {
            int equals = entry.LastIndexOf('=');
            string number = equals < 0 ? "" : entry[(equals + 1)..];
            bool isNumber = double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out double value);
            if (equals < 1 || !isNumber || !double.IsFinite(value))
            {
                throw new UsageException($"{Name}: '{entry}' is not a column and its value, like {Example(model)}=0.5");
            }

            int[] columns = ModelColumnList.Resolve(model, path, Name, [entry[..equals]]);
            if (columns.Length != 1)
            {
                throw new UsageException($"{Name}: '{entry[..equals]}' is {columns.Length} columns, but a value belongs to one column");
            }

            if (given.Contains(columns[0]))
            {
                throw new UsageException($"{Name}: {ModelColumnList.Describe(model, columns[0])} is given twice");
            }

            given.Add(columns[0]);
            values.Add(value);
        }

        return ([.. given], [.. values]);
    }

    private static string Example(GaussianMixture model) => model.Columns is [{ Length: > 0 } name, ..] ? name : "1";

    // A name may contain commas, so an entry whose name is exactly that of a column is not a list.
    private static string[] Split(string entry, GaussianMixture model)
    {
        int equals = entry.LastIndexOf('=');
        return equals > 0 && model.Columns?.Contains(entry[..equals]) == true
            ? [entry]
            : entry.Split(',', StringSplitOptions.TrimEntries);
    }
}

using System.Globalization;
using System.Text;
using GmmNative.Cli.Endings;

namespace GmmNative.Cli.Output;

/// <summary>
/// Writes scores of utterances: a table with a header as <c>.csv</c> or <c>.tsv</c>, or lines of fields separated by blanks, as Kaldi's
/// programs write them.
/// </summary>
internal static class UtteranceTable
{
    /// <summary>Throws unless the extension of a path is that of a table.</summary>
    /// <exception cref="UsageException">It is not.</exception>
    public static void CheckPath(string? path)
    {
        if (path is not null && path != "-" && Separator(path) is ' ')
        {
            throw new UsageException($"-o {path}: scores of utterances are written as .csv, .tsv or .txt, or to standard output");
        }
    }

    /// <summary>Composes the table.</summary>
    /// <param name="path">The file, which determines the form, or <see langword="null"/> for standard output.</param>
    /// <param name="columns">The names of the columns of averages.</param>
    /// <param name="scores">The scores of each column, all of the same utterances.</param>
    public static string Compose(string? path, IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<UtteranceScore>> scores)
    {
        char separator = path is null or "-" ? ' ' : Separator(path);
        StringBuilder text = new();
        bool isTable = separator is ',' or '\t';
        if (isTable)
        {
            text.AppendJoin(separator, (string[])["key", "frames", .. columns.Select(column => Field(column, separator))]).Append('\n');
        }

        for (int i = 0; i < scores[0].Count; i++)
        {
            string key = isTable ? Field(scores[0][i].Key, separator) : scores[0][i].Key;
            text.Append(key).Append(isTable ? separator : ' ').Append(CultureInfo.InvariantCulture, $"{scores[0][i].RowCount}");
            foreach (IReadOnlyList<UtteranceScore> column in scores)
            {
                text.Append(isTable ? separator : ' ').Append(column[i].Average.ToString("R", CultureInfo.InvariantCulture));
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    private static char Separator(string path) => Path.GetExtension(path).ToUpperInvariant() switch
    {
        ".CSV" => ',',
        ".TSV" => '\t',
        ".TXT" => '|',
        _ => ' ',
    };

    private static string Field(string text, char separator) => text.AsSpan().ContainsAny(separator, '"')
        ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}

using GmmNative.Data;
using GmmNative.Errors;

namespace GmmNative.Files.Options;

/// <summary>Which columns of one input are asked for.</summary>
/// <param name="options">What the caller says.</param>
/// <param name="source">The input's name for people.</param>
internal sealed class ColumnRequest(VectorFileOptions options, string source)
{
    /// <summary>The input's name for people.</summary>
    public string Source { get; } = source;

    /// <summary>Passes on a line about the input.</summary>
    public void Notice(string text) => options.Notice?.Invoke($"{Source}: {text}");

    /// <summary>Finds the columns asked for.</summary>
    /// <param name="names">The names of the input's columns, where it has any.</param>
    /// <param name="count">The number of its columns.</param>
    /// <returns>The columns, from 0, in the order asked for; <see langword="null"/> for all of them as they are.</returns>
    /// <exception cref="ArgumentException">The options choose a column that is not there, or one twice.</exception>
    /// <exception cref="FileProblemException">A column that is needed by name is missing, or is there more than once.</exception>
    public int[]? Resolve(IReadOnlyList<string>? names, int count)
    {
        int[]? chosen = options.Columns is { } list ? new ColumnList(Source, names, count).Resolve(list) : null;
        if (options.ColumnNames is not { } wanted || names is null)
        {
            return chosen;
        }

        string[] found = chosen is null ? [.. names] : [.. chosen.Select(column => names[column])];
        ColumnMatch match = ColumnMatch.Find(wanted, found, options.LeadingColumnsSuffice, options.ColumnNamesFrom);
        if (match.LeftOut.Length > 0)
        {
            string what = match.LeftOut.Length == 1
                ? $"column {ColumnText.List(match.LeftOut)} is"
                : $"{match.LeftOut.Length} columns are";
            string which = match.LeftOut.Length == 1 ? "" : $": {ColumnText.List(match.LeftOut)}";
            Notice($"{what} left out, which {options.ColumnNamesFrom} does not have{which}.");
        }

        return [.. match.Columns.Select(column => chosen?[column] ?? column)];
    }

    /// <summary>The columns asked for of an input without names.</summary>
    /// <param name="rows">The input; closed where this throws.</param>
    public IVectorSource Select(IVectorSource rows)
    {
        try
        {
            return Resolve(null, rows.Dimension) is { } columns ? VectorSource.SelectColumns(rows, columns) : rows;
        }
        catch
        {
            rows.Dispose();
            throw;
        }
    }
}

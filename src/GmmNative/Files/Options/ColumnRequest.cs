using GmmNative.Data;
using GmmNative.Errors;

namespace GmmNative.Files.Options;

/// <summary>The columns requested from an input.</summary>
/// <param name="options">The options of the caller.</param>
/// <param name="source">The name of the input in messages.</param>
internal sealed class ColumnRequest(VectorFileOptions options, string source)
{
    /// <summary>The name of the input in messages.</summary>
    public string Source { get; } = source;

    /// <summary>Whether text may contain missing values.</summary>
    public bool AcceptsMissing => options.MissingValues != MissingValues.Error;

    /// <summary>Reports a note about the input.</summary>
    public void Notice(string text) => options.Notice?.Invoke($"{Source}: {text}");

    /// <summary>Determines the requested columns. The column of the row weights is the last one, if it is requested.</summary>
    /// <param name="names">The names of the columns of the input, or null.</param>
    /// <param name="count">The number of columns of the input.</param>
    /// <returns>The columns, from 0, in the requested order; <see langword="null"/> for all columns in their original order.</returns>
    /// <exception cref="ArgumentException">
    /// The options select a column that does not exist, or a column twice, or no column remains.
    /// </exception>
    /// <exception cref="FileProblemException">A column required by name is missing or ambiguous.</exception>
    public int[]? Resolve(IReadOnlyList<string>? names, int count)
    {
        ColumnList columns = new(Source, names, count);
        int[]? chosen = options.Columns is { } list ? columns.Resolve(list) : null;
        if (options.WeightColumn is not { } weightName)
        {
            return Match(names, chosen);
        }

        int weight = columns.Find(weightName, "--weight-column");
        chosen = [.. (chosen ?? Enumerable.Range(0, count)).Where(column => column != weight)];
        return chosen.Length > 0
            ? [.. Match(names, chosen)!, weight]
            : throw new ArgumentException($"--weight-column: {Source}: no column remains besides the row weights.");
    }

    private int[]? Match(IReadOnlyList<string>? names, int[]? chosen)
    {
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
            string which = match.LeftOut.Length == 1 ? "it" : $"them: {ColumnText.List(match.LeftOut)}";
            Notice($"{what} left out, because {options.ColumnNamesFrom} does not have {which}.");
        }

        return [.. match.Columns.Select(column => chosen?[column] ?? column)];
    }

    /// <summary>Selects the requested columns of an input without column names.</summary>
    /// <param name="rows">The input, which is closed if this method throws.</param>
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

using GmmNative.Cli.Endings;
using GmmNative.Data;
using GmmNative.Files.Options;

namespace GmmNative.Cli.Options;

/// <summary>Resolves column lists of the command line to the coordinates of a model.</summary>
internal static class ModelColumnList
{
    /// <summary>Returns the coordinates, from 0, in the order of the list.</summary>
    /// <param name="model">The model.</param>
    /// <param name="path">The file of the model, for messages.</param>
    /// <param name="option">The option that contains the list, for messages.</param>
    /// <param name="entries">The entries, each a column name or a comma-separated list of names, numbers from 1 and ranges.</param>
    /// <exception cref="UsageException">A column does not exist or is listed twice.</exception>
    public static int[] Resolve(GaussianMixture model, string path, string option, IReadOnlyList<string> entries) =>
        UsageException.Guard(() => new ColumnList(path, model.Columns, model.Dimension, option).Resolve(entries));

    /// <summary>Describes a coordinate by its number, from 1, and its name.</summary>
    public static string Describe(GaussianMixture model, int coordinate) =>
        ColumnText.Describe(coordinate, model.Columns?[coordinate]);
}

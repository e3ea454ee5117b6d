using GmmNative.Plots.Geometry;

namespace GmmNative.Plots.Pictures;

/// <summary>The titles and notes of pictures.</summary>
internal static class PictureText
{
    /// <summary>The title of a model.</summary>
    public static string TitleOf(GaussianMixture model) =>
        $"Gaussian mixture with {Count(model.ComponentCount, "component")}, {model.Structure.KindName} covariances";

    /// <summary>Returns a note if only some of the rows are drawn.</summary>
    public static IEnumerable<string> NotesOf(SampledRows? rows, int seed) => rows is null || rows.Count == rows.SourceRows
        ? [] : [FormattableString.Invariant($"{rows.Count} of {rows.SourceRows} rows, drawn at random with the seed {seed}.")];

    /// <summary>A number and its noun.</summary>
    public static string Count(long number, string noun) =>
        FormattableString.Invariant($"{number} {noun}{(number == 1 ? "" : "s")}");
}

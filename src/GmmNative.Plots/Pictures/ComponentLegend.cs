using GmmNative.Plots.Drawing;
using ScottPlot;

namespace GmmNative.Plots.Pictures;

/// <summary>The legend of the components of a model.</summary>
internal static class ComponentLegend
{
    /// <summary>The maximum number of components in the legend.</summary>
    public const int MaximumEntries = 16;

    /// <summary>Returns an entry for each of the heaviest components, with its weight.</summary>
    /// <param name="theme">The colors.</param>
    /// <param name="weights">The weights of all components.</param>
    /// <param name="hasMarkers">Whether components are shown by points rather than by lines.</param>
    public static List<LegendItem> Of(PictureTheme theme, ReadOnlySpan<double> weights, bool hasMarkers)
    {
        double[] all = weights.ToArray();
        List<LegendItem> items = [];
        foreach (int k in Enumerable.Range(0, all.Length).OrderByDescending(k => all[k]).Take(MaximumEntries))
        {
            SeriesStyle style = SeriesStyle.Of(theme, k);
            LegendItem item = Entry(FormattableString.Invariant($"{k}: {100 * all[k]:0.0} %"));
            if (hasMarkers)
            {
                item.MarkerStyle = new MarkerStyle(style.Marker, 8, style.Color) { LineColor = style.Color };
            }
            else
            {
                item.LineStyle = new LineStyle(2, style.Color, style.Line);
            }

            items.Add(item);
        }

        return items;
    }

    /// <summary>Returns a note if the legend does not have all components.</summary>
    public static IEnumerable<string> Notes(int components) =>
        components > MaximumEntries ? [$"Legend: the {MaximumEntries} heaviest of {components} components, with their weights."] : [];

    /// <summary>Returns an entry without a symbol.</summary>
    public static LegendItem Entry(string text) => new()
    {
        LabelText = text,
        LabelFontName = EmbeddedFont.NameFor(text),
        LineStyle = LineStyle.None,
        MarkerStyle = MarkerStyle.None,
    };
}

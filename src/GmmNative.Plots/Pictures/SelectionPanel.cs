using GmmNative.Plots.Documents;
using GmmNative.Plots.Drawing;
using ScottPlot;
using ScottPlot.Plottables;

namespace GmmNative.Plots.Pictures;

/// <summary>A panel of one criterion: by the number of components, a line per kind of covariances.</summary>
internal static class SelectionPanel
{
    /// <summary>Creates the panel.</summary>
    /// <param name="theme">The colors.</param>
    /// <param name="selection">The report.</param>
    /// <param name="criterion">The place of the criterion in the list of criteria.</param>
    /// <param name="panels">The number of panels in the picture.</param>
    public static Plot Create(PictureTheme theme, SelectionReport selection, int criterion, int panels)
    {
        Plot plot = PanelFactory.Create(theme, "components", SelectionReport.Labels[criterion], panels);
        PanelFactory.UseWholeNumbers(plot.Axes.Bottom);
        string[] kinds = Kinds(selection);
        for (int i = 0; i < kinds.Length; i++)
        {
            SeriesStyle style = SeriesStyle.Of(theme, i);
            SelectionPoint[] points = [.. selection.Models
                .Where(model => model.Covariance == kinds[i] && double.IsFinite(model.Values[criterion]))
                .OrderBy(model => model.Components)];
            AddLine(plot, [.. points.Where(point => point.CanBeChosen)], criterion, style);
            foreach (SelectionPoint point in points.Where(point => !point.CanBeChosen))
            {
                plot.Add.Marker(point.Components, point.Values[criterion], MarkerShape.Eks, 9, style.Color);
            }
        }

        if (selection.Models.FirstOrDefault(model => model.IsChosen) is { } best && double.IsFinite(best.Values[criterion]))
        {
            plot.Add.Marker(best.Components, best.Values[criterion], MarkerShape.OpenCircle, 16, theme.Foreground).MarkerLineWidth = 2;
        }

        return plot;
    }

    /// <summary>The legend of the kinds of covariances.</summary>
    public static List<LegendItem> Legend(PictureTheme theme, SelectionReport selection)
    {
        List<LegendItem> legend = [];
        foreach (string kind in Kinds(selection))
        {
            SeriesStyle style = SeriesStyle.Of(theme, legend.Count);
            LegendItem item = ComponentLegend.Entry(kind);
            item.LineStyle = new LineStyle(2, style.Color, style.Line);
            item.MarkerStyle = new MarkerStyle(style.Marker, 7, style.Color);
            legend.Add(item);
        }

        return legend;
    }

    private static string[] Kinds(SelectionReport selection) => [.. selection.Models.Select(model => model.Covariance).Distinct()];

    private static void AddLine(Plot plot, SelectionPoint[] points, int criterion, SeriesStyle style)
    {
        if (points.Length > 0)
        {
            Coordinates[] coordinates = [.. points.Select(point => new Coordinates(point.Components, point.Values[criterion]))];
            Scatter line = plot.Add.Scatter(coordinates, style.Color);
            line.LineWidth = 2;
            line.LinePattern = style.Line;
            line.MarkerShape = style.Marker;
            line.MarkerSize = 7;
        }
    }
}

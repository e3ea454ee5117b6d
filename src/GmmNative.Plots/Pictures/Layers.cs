using GmmNative.Plots.Drawing;
using GmmNative.Plots.Geometry;
using ScottPlot;
using ScottPlot.Plottables;

namespace GmmNative.Plots.Pictures;

/// <summary>The layers of pictures in the plane: rows, ellipses, the numbers of components.</summary>
internal static class Layers
{
    /// <summary>The number of points of an ellipse.</summary>
    public const int EllipsePoints = 180;

    private const int FewRows = 600;
    private const int FilledComponents = 16;
    private const float NumberSize = 13;

    // Numbers of components nearer than these shares of the view would overlap.
    private const double NumberWidth = 0.03;
    private const double NumberHeight = 0.035;

    /// <summary>Creates the panel of a scene.</summary>
    public static Plot Panel(PictureTheme theme, PlaneScene scene)
    {
        Plot plot = PanelFactory.Create(theme, scene.Projection.LabelX, scene.Projection.LabelY);
        plot.Axes.SetLimits(scene.View.X.Minimum, scene.View.X.Maximum, scene.View.Y.Minimum, scene.View.Y.Maximum);
        return plot;
    }

    /// <summary>Adds rows.</summary>
    /// <param name="plot">The panel.</param>
    /// <param name="points">The rows.</param>
    /// <param name="color">The color.</param>
    /// <param name="shape">The shape.</param>
    /// <param name="total">The number of rows of the whole picture: many rows are drawn smaller.</param>
    /// <param name="opacity">The opacity of a row, from 0 to 1.</param>
    public static void AddRows(
        Plot plot, IReadOnlyList<PlanePoint> points, Color color, MarkerShape shape, int total, double opacity)
    {
        if (points.Count > 0)
        {
            Markers markers = plot.Add.Markers(Coordinates(points), shape, total <= FewRows ? 6 : 4, color.WithAlpha(opacity));

            // Outlines of filled shapes would only double the size of the file.
            markers.MarkerLineWidth = SeriesStyle.IsFilled(shape) ? 0 : 1;
        }
    }

    /// <summary>Adds the rows of a scene in one color: many rows are more transparent.</summary>
    public static void AddAllRows(Plot plot, PlaneScene scene, Color color)
    {
        int count = scene.Points.Count;
        AddRows(plot, scene.Points, color, MarkerShape.FilledCircle, count, count <= FewRows ? 0.7 : 0.4);
    }

    /// <summary>Adds the ellipses of one and two standard deviations of each component, the heaviest last.</summary>
    public static void AddEllipses(Plot plot, PictureTheme theme, PlaneMixture mixture)
    {
        bool isFilled = mixture.Components.Count <= FilledComponents;
        foreach (int k in ByWeight(mixture).Reverse())
        {
            SeriesStyle style = SeriesStyle.Of(theme, k);
            foreach (double sigmas in (double[])[2, 1])
            {
                Polygon ellipse = plot.Add.Polygon(Coordinates(mixture.Components[k].Ellipse(sigmas).Points(EllipsePoints)));
                ellipse.FillColor = isFilled ? style.Color.WithAlpha(0.08) : Colors.Transparent;
                ellipse.LineColor = isFilled || sigmas == 1 ? style.Color : style.Color.WithAlpha(0.45);
                ellipse.LineWidth = sigmas == 1 ? 2 : isFilled ? 1.2f : 0.8f;
                ellipse.LinePattern = style.Line;
                ellipse.MarkerSize = 0;
            }
        }
    }

    /// <summary>Adds the number of each component at its mean, except where it would overlap the number of a heavier component.</summary>
    public static void AddNumbers(Plot plot, PictureTheme theme, PlaneMixture mixture, PlaneView view)
    {
        List<PlanePoint> taken = [];
        foreach (int k in ByWeight(mixture))
        {
            PlanePoint mean = mixture.Components[k].Mean;
            bool isFree = taken.TrueForAll(other => Math.Abs(mean.X - other.X) > NumberWidth * view.X.Length
                || Math.Abs(mean.Y - other.Y) > NumberHeight * view.Y.Length);
            if (!isFree)
            {
                continue;
            }

            taken.Add(mean);
            Text text = plot.Add.Text($"{k}", mean.X, mean.Y);
            text.LabelFontName = EmbeddedFont.Name;
            text.LabelFontSize = NumberSize;
            text.LabelFontColor = theme.Foreground;
            text.LabelBackgroundColor = theme.Background.WithAlpha(0.75);
            text.LabelPadding = 2;
            text.LabelAlignment = Alignment.MiddleCenter;
        }
    }

    /// <summary>The components in descending order of their weights.</summary>
    public static IEnumerable<int> ByWeight(PlaneMixture mixture) =>
        Enumerable.Range(0, mixture.Components.Count).OrderByDescending(k => mixture.Components[k].Weight);

    /// <summary>Converts points.</summary>
    public static Coordinates[] Coordinates(IEnumerable<PlanePoint> points) => [.. points.Select(p => new Coordinates(p.X, p.Y))];
}

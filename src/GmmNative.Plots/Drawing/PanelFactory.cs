using System.Globalization;
using ScottPlot;
using ScottPlot.Rendering.RenderActions;
using ScottPlot.TickGenerators;

namespace GmmNative.Plots.Drawing;

/// <summary>Creates panels in the style of a theme.</summary>
internal static class PanelFactory
{
    private const float LabelSize = 14;
    private const float SmallLabelSize = 12;
    private const int LargePanels = 2;
    private const double Ticks = 0.7;
    private const double SparseTicks = 0.45;

    /// <summary>Creates a panel.</summary>
    /// <param name="theme">The colors.</param>
    /// <param name="labelX">The label of the horizontal axis.</param>
    /// <param name="labelY">The label of the vertical axis.</param>
    /// <param name="panels">The number of panels in the picture: many panels have smaller labels.</param>
    public static Plot Create(PictureTheme theme, string labelX, string labelY, int panels = 1)
    {
        Plot plot = new();
        plot.FigureBackground.Color = theme.Background;
        plot.DataBackground.Color = theme.Background;
        plot.Axes.Color(theme.Foreground);
        plot.Grid.MajorLineColor = theme.Grid;
        plot.Axes.Bottom.Label.Text = labelX;
        plot.Axes.Left.Label.Text = labelY;
        float size = panels > LargePanels ? SmallLabelSize : LabelSize;
        foreach (IAxis axis in (IAxis[])[plot.Axes.Bottom, plot.Axes.Left])
        {
            _ = EmbeddedFont.Typeface;
            axis.Label.FontName = EmbeddedFont.NameFor(axis.Label.Text);
            axis.Label.FontSize = size;
            axis.Label.Bold = false;
            axis.TickLabelStyle.FontName = EmbeddedFont.Name;
            axis.TickLabelStyle.FontSize = SmallLabelSize;
            axis.TickGenerator = new NumericAutomatic { LabelFormatter = Format, TickDensity = panels > 1 ? SparseTicks : Ticks };
            axis.FrameLineStyle.Width = 1;
        }

        plot.Axes.Right.FrameLineStyle.Width = 0;
        plot.Axes.Top.FrameLineStyle.Width = 0;
        plot.HideLegend();

        // A panel is one of several parts of a picture: drawing a panel must not erase the others.
        plot.RenderManager.RenderActions.RemoveAll(action => action is ClearCanvas);
        return plot;
    }

    /// <summary>Limits the ticks of an axis to whole numbers.</summary>
    public static void UseWholeNumbers(IAxis axis) =>
        axis.TickGenerator = new NumericAutomatic { LabelFormatter = Format, IntegerTicksOnly = true };

    /// <summary>Formats a number in the same way in every culture.</summary>
    public static string Format(double value)
    {
        double magnitude = Math.Abs(value);
        return magnitude is 0 or >= 1e-3 and < 1e6
            ? value.ToString("0.######", CultureInfo.InvariantCulture)
            : value.ToString("0.###e0", CultureInfo.InvariantCulture);
    }
}

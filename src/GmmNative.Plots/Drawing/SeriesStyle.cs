using ScottPlot;

namespace GmmNative.Plots.Drawing;

/// <summary>How a component or another series is drawn. Color and marker together are different for the first 70 series.</summary>
/// <param name="Color">The color.</param>
/// <param name="Line">The pattern of lines.</param>
/// <param name="Marker">The shape of points.</param>
internal readonly record struct SeriesStyle(Color Color, LinePattern Line, MarkerShape Marker)
{
    private static readonly LinePattern[] Lines =
        [LinePattern.Solid, LinePattern.Dashed, LinePattern.Dotted, LinePattern.DenselyDashed];

    private static readonly MarkerShape[] Markers =
    [
        MarkerShape.FilledCircle, MarkerShape.FilledTriangleUp, MarkerShape.FilledSquare, MarkerShape.FilledDiamond,
        MarkerShape.FilledTriangleDown, MarkerShape.OpenCircle, MarkerShape.Cross, MarkerShape.Eks, MarkerShape.OpenSquare,
        MarkerShape.Asterisk,
    ];

    /// <summary>Whether a shape is an area rather than lines.</summary>
    public static bool IsFilled(MarkerShape shape) => shape is MarkerShape.FilledCircle or MarkerShape.FilledTriangleUp
        or MarkerShape.FilledSquare or MarkerShape.FilledDiamond or MarkerShape.FilledTriangleDown;

    /// <summary>Returns the style of a series.</summary>
    /// <param name="theme">The theme.</param>
    /// <param name="index">The number of the series, from 0.</param>
    public static SeriesStyle Of(PictureTheme theme, int index)
    {
        int round = index / theme.Series.Count;
        return new SeriesStyle(theme.Series[index % theme.Series.Count], Lines[round % Lines.Length], Markers[round % Markers.Length]);
    }
}

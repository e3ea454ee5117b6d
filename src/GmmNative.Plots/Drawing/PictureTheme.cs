using ScottPlot;

namespace GmmNative.Plots.Drawing;

/// <summary>The colors of a theme.</summary>
/// <param name="Background">The background of the picture.</param>
/// <param name="Foreground">Text, and lines that stand for a whole mixture.</param>
/// <param name="Muted">Notes, and rows that no component owns.</param>
/// <param name="Grid">Grid lines.</param>
/// <param name="Bars">The bars of histograms.</param>
/// <param name="Series">
/// Colors that people with color blindness can distinguish: those of Okabe and Ito (Color Universal Design, 2008) that contrast with the
/// background.
/// </param>
/// <param name="Ramp">The colors of contours, from the largest region to the smallest.</param>
internal sealed record PictureTheme(
    Color Background, Color Foreground, Color Muted, Color Grid, Color Bars, IReadOnlyList<Color> Series, IReadOnlyList<Color> Ramp)
{
    private static readonly PictureTheme Light = new(
        Color.FromHex("#FFFFFF"),
        Color.FromHex("#1A1A1A"),
        Color.FromHex("#6B6B6B"),
        Color.FromHex("#E4E4E4"),
        Color.FromHex("#D5DAE0"),
        [.. ((string[])["#0072B2", "#E69F00", "#009E73", "#CC79A7", "#D55E00", "#56B4E9", "#000000"]).Select(Color.FromHex)],
        [.. ((string[])["#7FB8DA", "#4A97C6", "#1F73AC", "#0B4F86", "#062F55"]).Select(Color.FromHex)]);

    private static readonly PictureTheme Dark = new(
        Color.FromHex("#16181D"),
        Color.FromHex("#ECECEC"),
        Color.FromHex("#9A9EA6"),
        Color.FromHex("#2E323A"),
        Color.FromHex("#3A404B"),
        [.. ((string[])["#56B4E9", "#E69F00", "#009E73", "#CC79A7", "#F0E442", "#D55E00", "#FFFFFF"]).Select(Color.FromHex)],
        [.. ((string[])["#2F6690", "#3F8FC0", "#63B3E0", "#9AD1F0", "#DDF2FF"]).Select(Color.FromHex)]);

    /// <summary>Returns the colors of a theme.</summary>
    public static PictureTheme Of(PlotTheme theme) => theme == PlotTheme.Dark ? Dark : Light;
}

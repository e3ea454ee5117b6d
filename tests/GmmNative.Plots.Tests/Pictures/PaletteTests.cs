using GmmNative.Plots.Drawing;
using ScottPlot;
using Xunit;

namespace GmmNative.Plots.Tests.Pictures;

/// <summary>Colors that people with color blindness can distinguish, on both backgrounds.</summary>
public sealed class PaletteTests
{
    // Machado, Oliveira and Fernandes, A physiologically-based model for simulation of color vision deficiency, 2009, severity 1.
    private static readonly double[][,] Visions =
    [
        new double[,] { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } },
        new double[,] { { 0.152286, 1.052583, -0.204868 }, { 0.114503, 0.786281, 0.099216 }, { -0.003882, -0.048116, 1.051998 } },
        new double[,] { { 0.367322, 0.860646, -0.227968 }, { 0.280085, 0.672501, 0.047413 }, { -0.011820, 0.042940, 0.968881 } },
        new double[,] { { 1.255528, -0.076749, -0.178779 }, { -0.078411, 0.930809, 0.147602 }, { 0.004733, 0.691367, 0.303900 } },
    ];

    [Theory]
    [InlineData(PlotTheme.Light)]
    [InlineData(PlotTheme.Dark)]
    public void Series_InEveryVision_AreDistinct(PlotTheme theme)
    {
        PictureTheme colors = PictureTheme.Of(theme);
        foreach (double[,] vision in Visions)
        {
            double[][] seen = [.. colors.Series.Append(colors.Background).Select(color => Lab(color, vision))];
            for (int i = 0; i < seen.Length; i++)
            {
                for (int j = 0; j < i; j++)
                {
                    // A difference of 2.3 is just noticeable for large areas side by side.
                    Assert.True(Distance(seen[i], seen[j]) > 10, $"{theme}: colors {j} and {i} differ by {Distance(seen[i], seen[j]):F1}");
                }
            }
        }
    }

    [Theory]
    [InlineData(PlotTheme.Light)]
    [InlineData(PlotTheme.Dark)]
    public void Styles_Of64Components_AreDistinct(PlotTheme theme) => Assert.Equal(
        64, Enumerable.Range(0, 64).Select(k => SeriesStyle.Of(PictureTheme.Of(theme), k)).DistinctBy(s => (s.Color, s.Marker)).Count());

    [Theory]
    [InlineData(PlotTheme.Light)]
    [InlineData(PlotTheme.Dark)]
    public void Text_OnTheBackground_HasTheContrastOfTheGuidelines(PlotTheme theme)
    {
        // WCAG 2.1, 1.4.3: at least 4.5.
        PictureTheme colors = PictureTheme.Of(theme);
        Assert.All(
            (Color[])[colors.Foreground, colors.Muted],
            color => Assert.True(Contrast(color, colors.Background) >= 4.5, $"{theme}: {Contrast(color, colors.Background):F1}"));
    }

    private static double Contrast(Color first, Color second)
    {
        double[] luminances = [.. ((Color[])[first, second]).Select(Luminance).Order()];
        return (luminances[1] + 0.05) / (luminances[0] + 0.05);
    }

    private static double Luminance(Color color)
    {
        double[] rgb = Linear(color);
        return (0.2126 * rgb[0]) + (0.7152 * rgb[1]) + (0.0722 * rgb[2]);
    }

    private static double[] Linear(Color color) => [.. ((byte[])[color.R, color.G, color.B]).Select(value =>
        value / 255.0 <= 0.04045 ? value / 255.0 / 12.92 : Math.Pow(((value / 255.0) + 0.055) / 1.055, 2.4))];

    // CIE L*a*b* with the white D65.
    private static double[] Lab(Color color, double[,] vision)
    {
        double[] linear = Linear(color);
        double[] rgb = [.. Enumerable.Range(0, 3).Select(i => Math.Clamp(Enumerable.Range(0, 3).Sum(j => vision[i, j] * linear[j]), 0, 1))];
        double x = F(((0.4124 * rgb[0]) + (0.3576 * rgb[1]) + (0.1805 * rgb[2])) / 0.9505);
        double y = F((0.2126 * rgb[0]) + (0.7152 * rgb[1]) + (0.0722 * rgb[2]));
        double z = F(((0.0193 * rgb[0]) + (0.1192 * rgb[1]) + (0.9505 * rgb[2])) / 1.089);
        return [(116 * y) - 16, 500 * (x - y), 200 * (y - z)];

        static double F(double t) => t > 0.008856 ? Math.Cbrt(t) : (7.787 * t) + (16.0 / 116);
    }

    private static double Distance(double[] first, double[] second) => Math.Sqrt(first.Zip(second, (a, b) => (a - b) * (a - b)).Sum());
}

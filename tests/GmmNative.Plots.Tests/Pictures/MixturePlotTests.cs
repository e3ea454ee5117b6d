using GmmNative.Plots.Geometry;
using GmmNative.Plots.Pictures;
using ScottPlot;
using Xunit;

namespace GmmNative.Plots.Tests.Pictures;

/// <summary>What is in the pictures of models.</summary>
public sealed class MixturePlotTests
{
    private static readonly string[] LightSeries = ["#0072B2", "#E69F00"];

    [Fact]
    public void Scatter_Svg_HasTheEllipsesWhereTheCovariancesPutThem()
    {
        using IVectorSource rows = Models.Rows(Models.Full, 400);
        using PlotPicture picture = MixturePlot.Scatter(Models.Full, rows);
        SvgPicture svg = new(picture.ToSvg());
        Plot panel = Assert.Single(picture.Figure.Panels);
        for (int k = 0; k < 2; k++)
        {
            foreach (double sigmas in (double[])[1, 2])
            {
                // From the covariance itself: the Cholesky factor maps the circle to the ellipse.
                double a = Math.Sqrt(Models.Full.CovarianceAt(k, 0, 0));
                double b = Models.Full.CovarianceAt(k, 0, 1) / a;
                double c = Math.Sqrt(Models.Full.CovarianceAt(k, 1, 1) - (b * b));
                (double X, double Y)[] expected = [.. Enumerable.Range(0, 36).Select(i =>
                {
                    (double sin, double cos) = Math.SinCos(2 * Math.PI * i / 36);
                    ReadOnlySpan<double> mean = Models.Full.Mean(k);
                    Pixel pixel = panel.GetPixel(new Coordinates(
                        mean[0] + (sigmas * a * cos), mean[1] + (sigmas * ((b * cos) + (c * sin)))));
                    return ((double)pixel.X, (double)pixel.Y);
                })];
                Assert.Contains(svg.Lines(LightSeries[k]), line => expected.All(point => DistanceTo(line, point) < 0.75));
            }
        }

        Assert.Equal(400, svg.Circles);
    }

    [Fact]
    public void Scatter_WithoutRows_HasTheEllipsesAlone()
    {
        using PlotPicture picture = MixturePlot.Scatter(Models.Full);
        SvgPicture svg = new(picture.ToSvg());
        Assert.Equal(0, svg.Circles);
        Assert.All(LightSeries, color => Assert.True(svg.Lines(color).Count(line => line.Length > 100) >= 2));
    }

    [Fact]
    public void Scatter_Svg_HasItsTextsInTheFontThatItContains()
    {
        using IVectorSource rows = Models.Rows(Models.Full, 400);
        using PlotPicture picture = MixturePlot.Scatter(Models.Full, rows, new() { Title = "A & B <i>", MaximumRows = 300, Seed = 4 });
        SvgPicture svg = new(picture.ToSvg());
        string[] expected =
        [
            "A & B <i>", "length", "width", "0: 25.0 %", "1: 75.0 %", "0", "1", "300 of 400 rows, drawn at random with the seed 4.",
        ];
        Assert.Empty(expected.Except(svg.Texts));
        Assert.Equal("A & B <i>", svg.Title);
        Assert.Equal(["DejaVu Sans, Verdana, sans-serif"], svg.Families);
        Assert.Contains("@font-face", svg.Style, StringComparison.Ordinal);
        Assert.Equal(300, svg.Circles);
    }

    [Fact]
    public void Save_SamePictureTwice_HasTheSameBytes()
    {
        Assert.Equal(MixturePlot.Contours(Models.Full).ToSvg(), MixturePlot.Contours(Models.Full).ToSvg());
        Assert.Equal(MixturePlot.Contours(Models.Full).ToPng(), MixturePlot.Contours(Models.Full).ToPng());
    }

    [Fact]
    public void Scatter_64Components_ListsTheHeaviestAndNumbersThoseWithRoom()
    {
        using PlotPicture picture = MixturePlot.Scatter(Models.Circle(64));
        Assert.Equal(ComponentLegend.MaximumEntries, picture.Figure.Legend.Count);
        Assert.Contains("Legend: the 16 heaviest of 64 components, with their weights.", picture.Notes);
        string[] texts = new SvgPicture(picture.ToSvg()).Texts;
        Assert.InRange(Enumerable.Range(0, 64).Count(k => texts.Contains($"{k}")), 56, 64);
    }

    [Fact]
    public void Scatter_ComponentsAtOnePlace_AreNumberedOnce()
    {
        GaussianMixture twins = new(new CovarianceStructure(CovarianceKind.Diagonal, 2), [0.75, 0.25], [50, 50, 50.001, 50], [1, 1, 2, 2]);
        using PlotPicture picture = MixturePlot.Scatter(twins);
        Assert.Equal("0", Assert.Single(picture.Figure.Panels[0].GetPlottables<ScottPlot.Plottables.Text>()).LabelText);
    }

    [Fact]
    public void Contours_Legend_HasTheProbabilities()
    {
        using PlotPicture picture = MixturePlot.Contours(Models.Full);
        Assert.Equal(["95 %", "75 %", "50 %", "25 %", "10 %"], picture.Figure.Legend.Select(item => item.LabelText));
        Assert.Contains("95 %", new SvgPicture(picture.ToSvg()).Texts);
    }

    [Fact]
    public void Marginals_OfAModelAndRows_HaveAPanelPerColumnWithItsCurves()
    {
        using IVectorSource rows = Models.Rows(Models.Full, 400);
        using PlotPicture picture = MixturePlot.Marginals(Models.Full, rows);
        Assert.Equal(2, picture.Figure.Panels.Count);
        Assert.Equal(["mixture", "1: 75.0 %", "0: 25.0 %"], picture.Figure.Legend.Select(item => item.LabelText));
        Assert.All(picture.Figure.Panels, panel => Assert.Equal(3, panel.GetPlottables<ScottPlot.Plottables.Scatter>().Count()));
        ScottPlot.Plottables.BarPlot bars = Assert.Single(picture.Figure.Panels[1].GetPlottables<ScottPlot.Plottables.BarPlot>());
        Assert.Equal(1, bars.Bars.Sum(bar => bar.Value * bar.Size), 1e-9);

        using PlotPicture one = MixturePlot.Marginals(Models.Full, rows, new() { Columns = [1] });
        Assert.Equal("width", Assert.Single(one.Figure.Panels).Axes.Bottom.Label.Text);
    }

    [Fact]
    public void Responsibilities_OfRows_AreInTheColorsOfTheirLabels()
    {
        using IVectorSource rows = Models.Rows(Models.Full, 400);
        int first = Models.Full.Labels(rows).Count(label => label == 0);
        using PlotPicture picture = MixturePlot.Responsibilities(Models.Full, rows);
        ScottPlot.Plottables.Markers[] groups = [.. picture.Figure.Panels[0].GetPlottables<ScottPlot.Plottables.Markers>()];
        Assert.Equal(400, groups.Sum(group => group.Data.GetScatterPoints().Count));
        Assert.Equal(
            first, groups.Where(group => group.Data.GetScatterPoints()[0].X < 5).Sum(group => group.Data.GetScatterPoints().Count));
        Assert.Equal(2, groups.Select(group => group.MarkerFillColor.ToHex()).Distinct().Count());
    }

    [Theory]
    [InlineData(2)]
    [InlineData(8)]
    [InlineData(64)]
    public void Draw_AnyNumberOfComponents_HasTheSizeAndManyColors(int components)
    {
        GaussianMixture model = Models.Circle(components);
        using IVectorSource rows = Models.Rows(model, 1000);
        foreach (PlotTheme theme in (PlotTheme[])[PlotTheme.Light, PlotTheme.Dark])
        {
            PlotOptions options = new() { Width = 640, Height = 480, Theme = theme };
            PlotPicture[] pictures =
            [
                MixturePlot.Scatter(model, rows, options), MixturePlot.Contours(model, rows, options),
                MixturePlot.Marginals(model, rows, options), MixturePlot.Responsibilities(model, rows, options),
                DataPlot.Scatter(rows, options), DataPlot.Histograms(rows, options),
            ];
            foreach (PlotPicture picture in pictures)
            {
                using SkiaSharp.SKBitmap bitmap = SkiaSharp.SKBitmap.Decode(picture.ToPng());
                Assert.Equal((640, 480), (bitmap.Width, bitmap.Height));
                Assert.True(bitmap.Pixels.Distinct().Count() > 20);
                Assert.Equal(theme == PlotTheme.Light ? "#ffffffff" : "#ff16181d", $"{bitmap.GetPixel(1, 1)}");
                Assert.Equal((640, 480), new SvgPicture(picture.ToSvg()).Size);
                picture.Dispose();
            }
        }
    }

    [Fact]
    public void Draw_PrincipalCoordinates_LabelsThem()
    {
        GaussianMixture model = new(new CovarianceStructure(CovarianceKind.Diagonal, 3), [1], [0, 0, 0], [1, 4, 9]);
        using PlotPicture picture = MixturePlot.Scatter(model);
        Assert.StartsWith("principal coordinate 1 (33 %", picture.Figure.Panels[0].Axes.Bottom.Label.Text, StringComparison.Ordinal);
        using PlotPicture columns = MixturePlot.Scatter(model, options: new() { Columns = [2, 0] });
        Assert.Equal("column 3", columns.Figure.Panels[0].Axes.Bottom.Label.Text);
    }

    [Fact]
    public void Draw_WrongArguments_AreErrors()
    {
        GaussianMixture line = new(new CovarianceStructure(CovarianceKind.Diagonal, 1), [1], [0], [1]);
        Assert.Throws<ArgumentException>(() => MixturePlot.Scatter(line));
        Assert.Throws<ArgumentException>(() => MixturePlot.Scatter(Models.Full, options: new() { Columns = [0, 0] }));
        Assert.Throws<ArgumentException>(() => MixturePlot.Scatter(Models.Full, options: new() { Columns = [0, 2] }));
        Assert.Throws<ArgumentException>(() => MixturePlot.Marginals(Models.Full, options: new() { Columns = [-1] }));
        Assert.Throws<ArgumentOutOfRangeException>(() => MixturePlot.Scatter(Models.Full, options: new() { Width = 10 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => MixturePlot.Scatter(Models.Full, options: new() { MaximumRows = 0 }));
        Assert.Throws<VectorDataException>(() => MixturePlot.Scatter(Models.Full, VectorSource.From(new double[] { 1, 2, 3 }, 3)));
        Assert.Throws<VectorDataException>(() => MixturePlot.Scatter(Models.Full, VectorSource.From(Array.Empty<double>(), 2)));
        using PlotPicture picture = MixturePlot.Scatter(Models.Full);
        Assert.Throws<ArgumentException>(() => picture.Save("picture.pdf"));
    }

    [Theory]
    [InlineData("模型")]
    [InlineData("")]
    [InlineData("a very long title that no picture of this width has room for, and that goes on, far beyond its right border, and on")]
    public void Draw_AnyTitle_IsDrawn(string title)
    {
        using PlotPicture picture = MixturePlot.Scatter(Models.Full, options: new() { Title = title, Width = 300, Height = 200 });
        Assert.NotEmpty(picture.ToPng());
        Assert.Equal(title, new SvgPicture(picture.ToSvg()).Title);
    }

    private static double DistanceTo((double X, double Y)[] line, (double X, double Y) point) =>
        line.Length < 2 ? double.PositiveInfinity : line.Zip(line.Skip(1)).Min(pair => ToSegment(pair.First, pair.Second, point));

    private static double ToSegment((double X, double Y) a, (double X, double Y) b, (double X, double Y) p)
    {
        double length = Math.Pow(b.X - a.X, 2) + Math.Pow(b.Y - a.Y, 2);
        double t = length == 0 ? 0 : Math.Clamp((((p.X - a.X) * (b.X - a.X)) + ((p.Y - a.Y) * (b.Y - a.Y))) / length, 0, 1);
        return Math.Sqrt(Math.Pow(a.X + (t * (b.X - a.X)) - p.X, 2) + Math.Pow(a.Y + (t * (b.Y - a.Y)) - p.Y, 2));
    }
}

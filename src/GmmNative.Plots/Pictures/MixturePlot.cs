using GmmNative.Plots.Drawing;
using GmmNative.Plots.Geometry;
using GmmNative.Plots.Pictures;
using ScottPlot;

namespace GmmNative.Plots;

/// <summary>Pictures of a model, with or without the rows that it describes.</summary>
/// <remarks>
/// Rows are read in one pass. Row weights count: a row of weight 0 is not drawn, heavy rows are more likely to be in a sample, and
/// histograms sum weights. Thread-safe.
/// </remarks>
/// <example>
/// <code>
/// GaussianMixture model = ModelFile.Load("model.npz");
/// using IVectorSource rows = VectorFile.Open("rows.npy");
/// MixturePlot.Scatter(model, rows).Save("scatter.png");
/// MixturePlot.Contours(model).Save("contours.svg");
/// MixturePlot.Marginals(model, rows).Save("marginals.svg");
/// MixturePlot.Responsibilities(model, rows).Save("labels.png");
/// </code>
/// </example>
public static class MixturePlot
{
    private const double EllipseSigmas = 2;
    private const double ContourSigmas = 2.6;
    private const int GridCells = 300;
    private const double RowOpacity = 0.8;

    /// <summary>The probabilities of the regions that contours enclose, from the largest region to the smallest.</summary>
    private static readonly double[] ContourProbabilities = [0.95, 0.75, 0.5, 0.25, 0.1];

    // A posterior below a bound is drawn with the share of the component's color.
    private static readonly (double Posterior, double Share)[] Certainties = [(0.5, 0.25), (0.7, 0.45), (0.9, 0.7), (double.MaxValue, 1)];

    /// <summary>Draws the ellipses of one and two standard deviations of each component, over the rows.</summary>
    /// <param name="model">The model, of dimension 2 or more.</param>
    /// <param name="rows">The rows, T x D, or <see langword="null"/> for the ellipses alone.</param>
    /// <param name="options">The options.</param>
    /// <param name="cancellationToken">Ends the pass over the rows early.</param>
    /// <exception cref="ArgumentException">The model has one column, or the columns do not span a plane.</exception>
    /// <exception cref="VectorDataException">The rows do not have the dimension of the model, or there is no row.</exception>
    public static PlotPicture Scatter(
        GaussianMixture model, IVectorSource? rows = null, PlotOptions? options = null, CancellationToken cancellationToken = default)
    {
        (PlotOptions checkedOptions, PictureTheme theme) = Start(model, options);
        PlaneScene scene = PlaneScene.Of(model, rows, checkedOptions, EllipseSigmas, cancellationToken);
        Plot plot = Layers.Panel(theme, scene);
        Layers.AddAllRows(plot, scene, theme.Muted);
        Layers.AddEllipses(plot, theme, scene.Mixture!);
        Layers.AddNumbers(plot, theme, scene.Mixture!, scene.View);
        string[] notes =
        [
            "Ellipses: one and two standard deviations of each component.",
            .. PictureText.NotesOf(scene.Rows, checkedOptions.Seed),
            .. ComponentLegend.Notes(model.ComponentCount),
        ];
        return Finish(checkedOptions, theme, model, notes, [plot], ComponentLegend.Of(theme, model.Weights.Span, hasMarkers: false));
    }

    /// <summary>
    /// Draws curves of equal density, over the rows. Each curve encloses the region of highest density that has a probability of 10, 25,
    /// 50, 75 or 95 %.
    /// </summary>
    /// <inheritdoc cref="Scatter"/>
    public static PlotPicture Contours(
        GaussianMixture model, IVectorSource? rows = null, PlotOptions? options = null, CancellationToken cancellationToken = default)
    {
        (PlotOptions checkedOptions, PictureTheme theme) = Start(model, options);
        PlaneScene scene = PlaneScene.Of(model, rows, checkedOptions, ContourSigmas, cancellationToken);
        Plot plot = Layers.Panel(theme, scene);
        Layers.AddAllRows(plot, scene, theme.Muted);
        DensityGrid grid = new(scene.Mixture!, scene.View, GridCells);
        double[] levels = scene.Mixture!.Levels(ContourProbabilities);
        List<LegendItem> legend = [];
        for (int i = 0; i < levels.Length; i++)
        {
            foreach (IReadOnlyList<PlanePoint> curve in grid.Contours(levels[i]))
            {
                plot.Add.ScatterLine(Layers.Coordinates(curve), theme.Ramp[i]).LineWidth = 2;
            }

            LegendItem item = ComponentLegend.Entry(FormattableString.Invariant($"{100 * ContourProbabilities[i]:0} %"));
            item.LineStyle = new LineStyle(2, theme.Ramp[i]);
            legend.Add(item);
        }

        string[] notes =
        [
            "Each curve encloses the region of highest density that has the probability in the legend.",
            .. PictureText.NotesOf(scene.Rows, checkedOptions.Seed),
        ];
        return Finish(checkedOptions, theme, model, notes, [plot], legend);
    }

    /// <summary>
    /// Draws each row in the color of the component with the largest posterior. The posteriors use all columns. Rows whose largest
    /// posterior is below 0.9 are paler.
    /// </summary>
    /// <inheritdoc cref="Scatter"/>
    public static PlotPicture Responsibilities(
        GaussianMixture model, IVectorSource rows, PlotOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        (PlotOptions checkedOptions, PictureTheme theme) = Start(model, options);
        PlaneScene scene = PlaneScene.Of(model, rows, checkedOptions, sigmas: 0, cancellationToken);
        Plot plot = Layers.Panel(theme, scene);
        ILookup<(int Label, int Certainty), PlanePoint> points = Classify(model, scene, cancellationToken);
        foreach (IGrouping<(int Label, int Certainty), PlanePoint> group in points.OrderBy(group => group.Key))
        {
            SeriesStyle style = SeriesStyle.Of(theme, group.Key.Label);
            Color color = theme.Background.MixedWith(style.Color, Certainties[group.Key.Certainty].Share);
            Layers.AddRows(plot, [.. group], color, style.Marker, scene.Points.Count, RowOpacity);
        }

        Layers.AddNumbers(plot, theme, scene.Mixture!, scene.View);
        string[] notes =
        [
            "Color: the component with the largest posterior. Paler: a posterior below 0.9, 0.7 and 0.5.",
            .. PictureText.NotesOf(scene.Rows, checkedOptions.Seed),
            .. ComponentLegend.Notes(model.ComponentCount),
        ];
        return Finish(checkedOptions, theme, model, notes, [plot], ComponentLegend.Of(theme, model.Weights.Span, hasMarkers: true));
    }

    /// <summary>
    /// Draws the density of each column with the densities of the components, multiplied by their weights, over a histogram of the rows.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="rows">The rows, T x D, or <see langword="null"/> for the densities alone.</param>
    /// <param name="options">The options.</param>
    /// <param name="cancellationToken">Ends the pass over the rows early.</param>
    /// <exception cref="ArgumentException">A column does not exist, is listed twice, or there are more than 16.</exception>
    /// <exception cref="VectorDataException">The rows do not have the dimension of the model, or there is no row.</exception>
    public static PlotPicture Marginals(
        GaussianMixture model, IVectorSource? rows = null, PlotOptions? options = null, CancellationToken cancellationToken = default)
    {
        (PlotOptions checkedOptions, PictureTheme theme) = Start(model, options);
        MarginalPanels panels = new(model, rows, checkedOptions, theme, cancellationToken);
        List<LegendItem> legend = ComponentLegend.Of(theme, model.Weights.Span, hasMarkers: false);
        LegendItem mixture = ComponentLegend.Entry("mixture");
        mixture.LineStyle = new LineStyle(3, theme.Foreground);
        string[] notes = [.. panels.Notes, .. ComponentLegend.Notes(model.ComponentCount)];
        return Finish(checkedOptions, theme, model, notes, panels.Create(), [mixture, .. legend]);
    }

    private static (PlotOptions Options, PictureTheme Theme) Start(GaussianMixture model, PlotOptions? options)
    {
        ArgumentNullException.ThrowIfNull(model);
        options ??= new PlotOptions();
        options.Validate();
        return (options, PictureTheme.Of(options.Theme));
    }

    private static PlotPicture Finish(
        PlotOptions options, PictureTheme theme, GaussianMixture model, string[] notes, Plot[] panels, List<LegendItem> legend) =>
        new(new Figure(options, theme, PictureText.TitleOf(model), notes, panels, legend));

    private static ILookup<(int Label, int Certainty), PlanePoint> Classify(
        GaussianMixture model, PlaneScene scene, CancellationToken cancellationToken)
    {
        MixtureScorer scorer = model.CreateScorer();
        (int, int)[] keys = new (int, int)[scene.Points.Count];
        Parallel.For(0, keys.Length, new ParallelOptions { CancellationToken = cancellationToken }, t =>
        {
            double[] posterior = new double[model.ComponentCount];
            scorer.Posterior(scene.Rows!.Row(t), posterior);
            int label = Array.IndexOf(posterior, posterior.Max());
            keys[t] = (label, Array.FindIndex(Certainties, c => posterior[label] < c.Posterior));
        });
        return Enumerable.Range(0, keys.Length).ToLookup(t => keys[t], t => scene.Points[t]);
    }
}

using GmmNative.Plots.Drawing;
using GmmNative.Plots.Geometry;
using ScottPlot;
using ScottPlot.Plottables;

namespace GmmNative.Plots.Pictures;

/// <summary>One panel per column: a histogram of the rows, the densities of the components and of the mixture.</summary>
internal sealed class MarginalPanels
{
    /// <summary>The maximum number of columns in a picture.</summary>
    public const int MaximumColumns = 16;

    private const int DefaultColumns = 9;
    private const int DefaultMaximumRows = 100_000;
    private const int CurvePositions = 400;
    private const double Sigmas = 3;
    private const double HeadRoom = 1.08;
    private const float MixtureWidth = 3;

    // Gaps between more bars than this would be as wide as the bars.
    private const int SeparatedBars = 24;

    private readonly GaussianMixture? _model;
    private readonly SampledRows? _rows;
    private readonly PictureTheme _theme;
    private readonly string[] _names;
    private readonly IReadOnlyList<int> _columns;

    /// <summary>Reads the rows.</summary>
    /// <exception cref="ArgumentException">The columns cannot be drawn.</exception>
    /// <exception cref="VectorDataException">The rows do not suit the model.</exception>
    public MarginalPanels(
        GaussianMixture? model, IVectorSource? rows, PlotOptions options, PictureTheme theme, CancellationToken cancellationToken)
    {
        int dimension = model?.Dimension ?? rows!.Dimension;
        (_model, _theme) = (model, theme);
        _columns = options.Columns ?? [.. Enumerable.Range(0, Math.Min(dimension, DefaultColumns))];
        if (_columns.Count is 0 or > MaximumColumns || _columns.Distinct().Count() < _columns.Count
            || _columns.Any(c => c < 0 || c >= dimension))
        {
            throw new ArgumentException($"Histograms need 1 to {MaximumColumns} different columns of the {dimension}.");
        }

        _names = ColumnNames.Of(model?.Columns ?? rows?.ColumnNames, dimension);
        _rows = rows is null ? null : PlaneScene.Sample(model, rows, options, DefaultMaximumRows, cancellationToken);
        Notes =
        [
            .. PictureText.NotesOf(_rows, options.Seed),
            .. options.Columns is null && dimension > DefaultColumns
                ? [$"The first {DefaultColumns} of {dimension} columns."] : (string[])[],
        ];
    }

    /// <summary>The notes.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>The number of rows that were read.</summary>
    public long SourceRows => _rows?.SourceRows ?? 0;

    /// <summary>Creates the panels.</summary>
    public Plot[] Create() => [.. _columns.Select(CreatePanel)];

    private Plot CreatePanel(int column)
    {
        Plot plot = PanelFactory.Create(_theme, _names[column], "density", _columns.Count);
        Interval span = Interval.Empty;
        double top = 0;
        if (_rows is not null)
        {
            Histogram histogram = HistogramOf(_rows, column);
            top = histogram.Densities.Max();
            span = new Interval(histogram.Minimum, histogram.Maximum);
            AddBars(plot, histogram);
        }

        if (_model is not null)
        {
            LineMixture mixture = new(_model, column);
            Interval wanted = mixture.Span(Sigmas);
            span = span.IsEmpty ? wanted : wanted.Within(span.Widened(0.25)).With(span.Minimum, span.Maximum);
            double highest = AddCurves(plot, mixture, span);

            // A component on few distinct values has a very high peak, which would hide the histogram.
            top = top > 0 ? Math.Min(Math.Max(top, highest), 2.5 * top) : highest;
        }

        plot.Axes.SetLimits(span.Minimum, span.Maximum, 0, HeadRoom * top);
        return plot;
    }

    private static Histogram HistogramOf(SampledRows rows, int column)
    {
        double[] values = new double[rows.Count];
        double[] weights = new double[rows.Count];
        for (int t = 0; t < rows.Count; t++)
        {
            (values[t], weights[t]) = (rows.Row(t)[column], rows.Weight(t));
        }

        return Histogram.Of(values, weights);
    }

    private void AddBars(Plot plot, Histogram histogram)
    {
        int bin = 0;
        List<Bar> bars = [];
        foreach (double density in histogram.Densities)
        {
            bars.Add(new Bar
            {
                Position = histogram.Minimum + ((bin++ + 0.5) * histogram.Width),
                Value = density,
                Size = histogram.Width,
                FillColor = _theme.Bars,
                LineColor = histogram.Counts.Count > SeparatedBars ? _theme.Bars : _theme.Background,
                LineWidth = 1,
            });
        }

        plot.Add.Bars(bars);
    }

    private double AddCurves(Plot plot, LineMixture mixture, Interval span)
    {
        double[] positions = mixture.Positions(span, CurvePositions);
        double[] densities = [.. positions.Select(mixture.Density)];

        // Below the components: where there is only one component, its curve would be hidden.
        plot.Add.ScatterLine(positions, densities, _theme.Foreground).LineWidth = MixtureWidth;
        if (mixture.Count > 1)
        {
            for (int k = 0; k < mixture.Count; k++)
            {
                SeriesStyle style = SeriesStyle.Of(_theme, k);
                Scatter curve = plot.Add.ScatterLine(positions, [.. positions.Select(x => mixture.Density(k, x))], style.Color);
                curve.LineWidth = 1.5f;
                curve.LinePattern = style.Line;
            }
        }

        return densities.Max();
    }
}

using GmmNative.Plots.Drawing;
using GmmNative.Plots.Geometry;
using GmmNative.Plots.Pictures;
using ScottPlot;

namespace GmmNative.Plots;

/// <summary>Pictures of rows without a model.</summary>
/// <remarks>Rows are read in one pass. Row weights count as in <see cref="MixturePlot"/>. Thread-safe.</remarks>
/// <example>
/// <code>
/// using IVectorSource rows = VectorFile.Open("rows.npy");
/// DataPlot.Scatter(rows).Save("scatter.png");
/// DataPlot.Histograms(rows, new() { Columns = [0] }).Save("first.svg");
/// </code>
/// </example>
public static class DataPlot
{
    /// <summary>Draws rows in two columns, or in their first two principal coordinates.</summary>
    /// <param name="rows">The rows, T x D, of dimension 2 or more.</param>
    /// <param name="options">The options.</param>
    /// <param name="cancellationToken">Ends the pass over the rows early.</param>
    /// <exception cref="ArgumentException">The rows have one column, or the columns do not span a plane.</exception>
    /// <exception cref="VectorDataException">The rows cannot be read, or there is none.</exception>
    public static PlotPicture Scatter(IVectorSource rows, PlotOptions? options = null, CancellationToken cancellationToken = default)
    {
        (PlotOptions checkedOptions, PictureTheme theme) = Start(rows, options);
        PlaneScene scene = PlaneScene.Of(null, rows, checkedOptions, sigmas: 0, cancellationToken);
        Plot plot = Layers.Panel(theme, scene);
        Layers.AddAllRows(plot, scene, theme.Series[0]);
        string[] notes = [.. PictureText.NotesOf(scene.Rows, checkedOptions.Seed)];
        return new PlotPicture(new Figure(checkedOptions, theme, Title(scene.Rows!.SourceRows, rows), notes, [plot], []));
    }

    /// <summary>Draws a histogram of each column.</summary>
    /// <param name="rows">The rows, T x D.</param>
    /// <param name="options">The options.</param>
    /// <param name="cancellationToken">Ends the pass over the rows early.</param>
    /// <exception cref="ArgumentException">A column does not exist, is listed twice, or there are more than 16.</exception>
    /// <exception cref="VectorDataException">The rows cannot be read, or there is none.</exception>
    public static PlotPicture Histograms(IVectorSource rows, PlotOptions? options = null, CancellationToken cancellationToken = default)
    {
        (PlotOptions checkedOptions, PictureTheme theme) = Start(rows, options);
        MarginalPanels panels = new(null, rows, checkedOptions, theme, cancellationToken);
        return new PlotPicture(new Figure(checkedOptions, theme, Title(panels.SourceRows, rows), panels.Notes, panels.Create(), []));
    }

    private static (PlotOptions Options, PictureTheme Theme) Start(IVectorSource rows, PlotOptions? options)
    {
        ArgumentNullException.ThrowIfNull(rows);
        options ??= new PlotOptions();
        options.Validate();
        return (options, PictureTheme.Of(options.Theme));
    }

    private static string Title(long count, IVectorSource rows) =>
        $"{PictureText.Count(count, "row")} of {PictureText.Count(rows.Dimension, "column")}";
}

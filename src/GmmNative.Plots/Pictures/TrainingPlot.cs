using GmmNative.Plots.Documents;
using GmmNative.Plots.Drawing;
using GmmNative.Plots.Pictures;
using ScottPlot;
using ScottPlot.Plottables;

namespace GmmNative.Plots;

/// <summary>Pictures of a training, and of a selection among models.</summary>
/// <remarks>Thread-safe.</remarks>
/// <example>
/// <code>
/// using IVectorSource rows = VectorFile.Open("rows.npy");
/// GmmFitResult result = new GaussianMixtureTrainer(components: 8).Fit(rows);
/// TrainingPlot.LogLikelihood(result).Save("training.svg");
/// </code>
/// </example>
public static class TrainingPlot
{
    private const int MarkedIterations = 60;

    // The first iterations of a random start can lie so far below all others that these would look like one level line.
    private const double LowShare = 0.1;
    private const double LowFactor = 3;

    /// <summary>Draws the average log-likelihood of a training by iteration, in nats per row.</summary>
    /// <param name="result">The result of the training.</param>
    /// <param name="options">The options; <see cref="PlotOptions.Columns"/> and the options for rows have no effect.</param>
    /// <exception cref="ArgumentException">The training has no iteration.</exception>
    public static PlotPicture LogLikelihood(GmmFitResult result, PlotOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        TrainingHistory history = TrainingHistory.Of(result);
        return history.Values.Count > 0
            ? Draw([history], options) : throw new ArgumentException("The training has no iteration to draw.", nameof(result));
    }

    /// <summary>Draws the average log-likelihood by iteration of each report of <c>gmm train --report</c>.</summary>
    /// <param name="reports">The files, at least one.</param>
    /// <param name="options">The options; <see cref="PlotOptions.Columns"/> and the options for rows have no effect.</param>
    /// <exception cref="ArgumentException">There is no file.</exception>
    /// <exception cref="GmmException">A file cannot be read, or it is not such a report.</exception>
    public static PlotPicture LogLikelihood(IReadOnlyList<string> reports, PlotOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(reports);
        return reports.Count > 0
            ? Draw([.. reports.Select(TrainingHistory.Read)], options)
            : throw new ArgumentException("There is no report to draw.", nameof(reports));
    }

    /// <summary>
    /// Draws the criteria of a report of <c>gmm select --report</c>: one panel per criterion, by the number of components, with a line per
    /// kind of covariances.
    /// </summary>
    /// <param name="report">The file.</param>
    /// <param name="options">The options; <see cref="PlotOptions.Columns"/> and the options for rows have no effect.</param>
    /// <exception cref="GmmException">The file cannot be read, or it is not such a report.</exception>
    public static PlotPicture Selection(string report, PlotOptions? options = null)
    {
        (PlotOptions checkedOptions, PictureTheme theme) = Start(options);
        SelectionReport selection = SelectionReport.Read(report);
        int[] criteria = [.. selection.Known()];
        Plot[] panels = [.. criteria.Select(criterion => SelectionPanel.Create(theme, selection, criterion, criteria.Length))];
        SelectionPoint? best = selection.Models.FirstOrDefault(model => model.IsChosen);
        List<string> notes = [];
        if (best is not null)
        {
            string components = PictureText.Count((long)best.Components, "component");
            notes.Add($"Ring: the best model by {selection.CriterionText}, {components} with {best.Covariance} covariances.");
        }

        if (selection.Models.Any(model => !model.CanBeChosen))
        {
            notes.Add("Cross: a model with a problem, which cannot be chosen.");
        }

        return new PlotPicture(new Figure(
            checkedOptions, theme, "Criteria by the number of components", notes, panels, SelectionPanel.Legend(theme, selection)));
    }

    private static PlotPicture Draw(TrainingHistory[] histories, PlotOptions? options)
    {
        (PlotOptions checkedOptions, PictureTheme theme) = Start(options);
        Plot plot = PanelFactory.Create(theme, "iteration", "average log-likelihood (nats per row)");
        PanelFactory.UseWholeNumbers(plot.Axes.Bottom);
        List<LegendItem> legend = [];
        for (int i = 0; i < histories.Length; i++)
        {
            SeriesStyle style = SeriesStyle.Of(theme, i);
            Scatter line = plot.Add.Scatter(histories[i].Iterations.ToArray(), histories[i].Values.ToArray(), style.Color);
            line.LineWidth = 2;
            line.LinePattern = style.Line;
            line.MarkerSize = histories[i].Values.Count > MarkedIterations ? 0 : 6;
            if (histories.Length > 1)
            {
                LegendItem item = ComponentLegend.Entry(histories[i].Name);
                item.LineStyle = new LineStyle(2, style.Color, style.Line);
                legend.Add(item);
            }
        }

        List<string> notes = [.. histories.Select(Describe)];
        if (HideLowIterations(plot, histories))
        {
            notes.Add("The first iterations lie below the picture.");
        }

        return new PlotPicture(new Figure(checkedOptions, theme, "Log-likelihood by iteration", notes, [plot], legend));
    }

    private static bool HideLowIterations(Plot plot, TrainingHistory[] histories)
    {
        double[] values = [.. histories.SelectMany(history => history.Values).Order()];
        double top = values[^1];
        double low = values[(int)(LowShare * values.Length)];
        double bottom = top - (LowFactor * (top - low));
        if (low == top || values[0] >= bottom)
        {
            return false;
        }

        plot.Axes.SetLimitsY(bottom, top + (0.05 * (top - bottom)));
        return true;
    }

    private static string Describe(TrainingHistory history)
    {
        string reason = history.StopReason.Length == 0 ? "" : $", {history.StopReason}";
        string name = history.Name.Length == 0 ? "" : $"{history.Name}: ";
        return FormattableString.Invariant(
            $"{name}{PictureText.Count(history.Values.Count, "iteration")}{reason}, at {history.Values[^1]:F4} nats per row.");
    }

    private static (PlotOptions Options, PictureTheme Theme) Start(PlotOptions? options)
    {
        options ??= new PlotOptions();
        options.Validate();
        return (options, PictureTheme.Of(options.Theme));
    }
}

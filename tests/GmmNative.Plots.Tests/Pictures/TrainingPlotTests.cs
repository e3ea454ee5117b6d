using GmmNative.TestSupport;
using Xunit;

namespace GmmNative.Plots.Tests.Pictures;

/// <summary>Pictures of reports.</summary>
public sealed class TrainingPlotTests
{
    private const string Selection = """
        {"criterion": "bic", "models": [
          {"components": 1, "covariance": "diag", "chosen": false, "bic": 30, "aic": 25, "icl": 30},
          {"components": 2, "covariance": "diag", "chosen": false, "bic": 21, "aic": 15, "icl": 25},
          {"components": 1, "covariance": "full", "chosen": false, "bic": 22, "aic": 17, "icl": 22},
          {"components": 2, "covariance": "full", "chosen": true, "bic": 20, "aic": 16, "icl": 23},
          {"components": 3, "covariance": "full", "chosen": false, "bic": 10, "aic": 6, "icl": 13, "problem": "A floor was reached."},
          {"components": 4, "covariance": "full", "chosen": false, "problem": "There is no model."}]}
        """;

    [Fact]
    public void LogLikelihood_OfAResult_IsItsHistory()
    {
        using IVectorSource rows = VectorFile.Open(Models.Faithful);
        GmmFitResult result = new GaussianMixtureTrainer(2).Fit(rows);
        using PlotPicture picture = TrainingPlot.LogLikelihood(result);
        ScottPlot.Plottables.Scatter line = Assert.Single(picture.Figure.Panels[0].GetPlottables<ScottPlot.Plottables.Scatter>());
        Assert.Equal(
            result.History.Select(i => ((double)i.Iteration, i.AverageLogLikelihood)),
            line.Data.GetScatterPoints().Select(p => (p.X, p.Y)));
        Assert.Contains("converged", Assert.Single(picture.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void LogLikelihood_OfReports_HasALineForEach()
    {
        using TestFolder folder = new();
        string first = folder.Write("first.json", """
            {"stopReason": "iterationLimit",
             "history": [{"iteration": 1, "averageLogLikelihood": -3.5}, {"iteration": 2, "averageLogLikelihood": -3}]}
            """);
        string second = folder.Write("second.json", """
            {"history": [{"iteration": 1, "averageLogLikelihood": null}, {"iteration": 2, "averageLogLikelihood": -4}]}
            """);
        using PlotPicture picture = TrainingPlot.LogLikelihood([first, second]);
        Assert.Equal(["first.json", "second.json"], picture.Figure.Legend.Select(item => item.LabelText));
        Assert.Equal(
            ["first.json: 2 iterations, stopped by the limit of iterations, at -3.0000 nats per row.",
                "second.json: 1 iteration, at -4.0000 nats per row."],
            picture.Notes);
        Assert.Contains("second.json", new SvgPicture(picture.ToSvg()).Texts);
    }

    [Fact]
    public void LogLikelihood_FarBelowTheOthers_IsBelowThePicture()
    {
        using TestFolder folder = new();
        string history = string.Join(", ", Enumerable.Range(1, 50).Select(
            i => FormattableString.Invariant($$"""{"iteration": {{i}}, "averageLogLikelihood": {{(i == 1 ? -300 : -30 - (1.0 / i))}}}""")));
        using PlotPicture picture = TrainingPlot.LogLikelihood([folder.Write("report.json", $$"""{"history": [{{history}}]}""")]);
        picture.ToPng();
        Assert.InRange(picture.Figure.Panels[0].Axes.GetLimits().Bottom, -32, -30);
        Assert.Contains("The first iterations lie below the picture.", picture.Notes);
    }

    [Fact]
    public void Selection_OfAReport_HasAPanelPerCriterionAndALinePerKind()
    {
        using TestFolder folder = new();
        using PlotPicture picture = TrainingPlot.Selection(folder.Write("selection.json", Selection));
        Assert.Equal(
            ["BIC (lower is better)", "AIC (lower is better)", "ICL (lower is better)"],
            picture.Figure.Panels.Select(panel => panel.Axes.Left.Label.Text));
        Assert.Equal(["diag", "full"], picture.Figure.Legend.Select(item => item.LabelText));
        Assert.All(picture.Figure.Panels, panel => Assert.Equal(2, panel.GetPlottables<ScottPlot.Plottables.Scatter>().Count()));

        // The ring of the best model, and the cross of the model that cannot be chosen.
        ScottPlot.Plottables.Marker[] marks = [.. picture.Figure.Panels[0].GetPlottables<ScottPlot.Plottables.Marker>()];
        Assert.Equal([(3.0, 10.0), (2.0, 20.0)], marks.Select(mark => (mark.Location.X, mark.Location.Y)));
        Assert.Contains("Ring: the best model by BIC, 2 components with full covariances.", picture.Notes);
    }

    [Theory]
    [InlineData("not JSON", "it is not JSON")]
    [InlineData("[1, 2]", "not a report of gmm select")]
    [InlineData("{\"history\": []}", "not a report of gmm select")]
    [InlineData("{\"models\": [{\"components\": 1}]}", "no model with a criterion")]
    public void Selection_OfAnotherFile_IsOneClearError(string content, string text)
    {
        using TestFolder folder = new();
        string path = folder.Write("report.json", content);
        GmmException error = Assert.Throws<GmmException>(() => TrainingPlot.Selection(path));
        Assert.StartsWith($"{path}: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(text, error.Message, StringComparison.Ordinal);
    }
}

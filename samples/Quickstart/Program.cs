// Two kinds of eruptions of Old Faithful: trains a mixture, prints it, scores and labels the rows, saves and loads the model.
using System.Globalization;
using GmmNative;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
using IVectorSource rows = VectorFile.Open(Path.Combine(AppContext.BaseDirectory, "faithful.csv"));

GmmOptions options = new() { Covariance = new() { Kind = CovarianceKind.Full } };
GmmFitResult result = new GaussianMixtureTrainer(components: 2, options).Fit(rows);
GaussianMixture model = result.Model;

Console.WriteLine(
    $"{result.RowCount} rows, {result.History.Count} iterations, {result.AverageLogLikelihood:F4} nats per row ({result.StopReason})");
for (int k = 0; k < model.ComponentCount; k++)
{
    ReadOnlySpan<double> mean = model.Means.Span.Slice(k * model.Dimension, model.Dimension);
    Console.WriteLine($"component {k}: weight {model.Weights.Span[k]:F3}, eruption {mean[0]:F2} min, then {mean[1]:F1} min of waiting");
}

// Vectors in memory: three eruptions. The last is like none of the data.
double[,] eruptions = { { 2.0, 54.0 }, { 4.4, 81.0 }, { 1.5, 110.0 } };
double[] densities = model.LogDensities(eruptions);
int[] labels = model.Labels(eruptions);
for (int t = 0; t < labels.Length; t++)
{
    Console.WriteLine(
        $"eruption {eruptions[t, 0]} min, waiting {eruptions[t, 1]} min: component {labels[t]}, log-density {densities[t]:F2} "
        + "nats");
}

string path = Path.Combine(Path.GetTempPath(), "faithful.npz");
ModelFile.Save(model, path);
Console.WriteLine($"saved to {path}; loaded again: {ModelFile.Load(path).ComponentCount} components");

namespace GmmNative.Plots.Tests;

/// <summary>Models and rows that several tests use.</summary>
internal static class Models
{
    /// <summary>Old Faithful: 272 rows of 2 numbers.</summary>
    public static string Faithful { get; } = Path.Combine(AppContext.BaseDirectory, "faithful.csv");

    /// <summary>Speech: 8000 rows of 39 numbers.</summary>
    public static string Speech { get; } = Path.Combine(AppContext.BaseDirectory, "speech-en-8k.npy");

    /// <summary>Two components with covariances of their own.</summary>
    public static GaussianMixture Full { get; } = new GaussianMixture(
        new CovarianceStructure(CovarianceKind.Full, 2), [0.25, 0.75], [0, 0, 10, 20], [1, 0.5, 0.5, 2, 4, -1, -1, 3])
        .WithColumns(["length", "width"]);

    /// <summary>The standard normal distribution of the plane.</summary>
    public static GaussianMixture Standard { get; } =
        new(new CovarianceStructure(CovarianceKind.Diagonal, 2), [1], [0, 0], [1, 1]);

    /// <summary>A mixture of many components on a circle.</summary>
    public static GaussianMixture Circle(int components)
    {
        double[] weights = [.. Enumerable.Repeat(1.0 / components, components)];
        double[] means = [.. Enumerable.Range(0, components).SelectMany(k =>
            new[] { 100 * Math.Cos(2 * Math.PI * k / components), 100 * Math.Sin(2 * Math.PI * k / components) })];
        return new GaussianMixture(
            new CovarianceStructure(CovarianceKind.Diagonal, 2), weights, means, [.. Enumerable.Repeat(4.0, 2 * components)]);
    }

    /// <summary>Random rows of a model.</summary>
    public static IVectorSource Rows(GaussianMixture model, int count) => VectorSource.From(model.Sample(count, seed: 5));
}

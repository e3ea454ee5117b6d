using Xunit;

namespace GmmNative.Onnx.Tests;

/// <summary>Models of every structure, trained on the same rows.</summary>
internal static class Mixtures
{
    public const int Dimension = 4;

    /// <summary>The structures, by a name for the test.</summary>
    public static TheoryData<CovarianceKind, int[]?> Structures => new()
    {
        { CovarianceKind.Diagonal, null },
        { CovarianceKind.Diagonal, [2, 2] },
        { CovarianceKind.Full, null },
        { CovarianceKind.Full, [1, 3] },
        { CovarianceKind.Spherical, null },
        { CovarianceKind.Tied, null },
        { CovarianceKind.TiedDiagonal, null },
        { CovarianceKind.TiedSpherical, null },
    };

    /// <summary>Returns rows of three clusters, T x D; every number is exact in single precision.</summary>
    /// <param name="offset">Added to every number.</param>
    /// <param name="count">T.</param>
    public static double[] Rows(double offset = 0, int count = 400)
    {
        Random random = new(3);
        double[] rows = new double[count * Dimension];
        for (int i = 0; i < rows.Length; i++)
        {
            int cluster = i / Dimension % 3;
            double sum = Enumerable.Range(0, 6).Sum(_ => random.NextDouble()) - 3;
            rows[i] = (float)(offset + (5 * cluster) + ((1 + (i % Dimension)) * sum) + (i % Dimension == 3 ? rows[i - 1] - offset : 0));
        }

        return rows;
    }

    /// <summary>Trains a model.</summary>
    public static GaussianMixture Train(double[] rows, CovarianceKind kind, int[]? blocks = null, GmmPriorOptions? prior = null) =>
        GaussianMixture.Fit(
            rows, Dimension, 3,
            new()
            {
                Covariance = new() { Kind = kind, BlockSizes = blocks },
                Prior = prior ?? new(),
                Stopping = new() { Iterations = 20 },
            });
}

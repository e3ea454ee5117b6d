namespace GmmNative.Benchmarks;

/// <summary>The size of a training.</summary>
/// <param name="Covariance">Diagonal or full.</param>
/// <param name="Rows">T.</param>
/// <param name="Dimension">D.</param>
/// <param name="Components">K.</param>
public sealed record EmProblem(CovarianceKind Covariance, int Rows, int Dimension, int Components)
{
    private const int Clusters = 20;
    private const int RowsOfCheck = 2000;

    /// <summary>Problems of the field's sizes; in a check with few rows.</summary>
    public static IEnumerable<EmProblem> All =>
    [
        Of(CovarianceKind.Diagonal, 100_000, 39, 256),
        Of(CovarianceKind.Diagonal, 1_000_000, 64, 64),
        Of(CovarianceKind.Full, 50_000, 39, 32),
        Of(CovarianceKind.Full, 20_000, 128, 16),
        Of(CovarianceKind.Diagonal, 2_000_000, 13, 8),
    ];

    /// <summary>Floating-point operations of the two products of one iteration.</summary>
    public double Operations
    {
        get
        {
            double features = Covariance == CovarianceKind.Diagonal ? 2.0 * Dimension : Dimension + (Dimension * (Dimension + 1) / 2.0);
            return 4 * features * Components * Rows;
        }
    }

    /// <summary>Rows from overlapping clusters, always the same.</summary>
    public IRandomAccessVectorSource CreateRows()
    {
        Random random = new(1);
        double[] rows = new double[Rows * Dimension];
        for (int t = 0; t < Rows; t++)
        {
            int cluster = random.Next(Clusters);
            for (int d = 0; d < Dimension; d++)
            {
                double noise = random.NextDouble() + random.NextDouble() + random.NextDouble() + random.NextDouble() - 2;
                rows[(t * Dimension) + d] = noise + (((cluster * 7) + (d * 3)) % 11 / 3.0);
            }
        }

        return VectorSource.From((ReadOnlyMemory<double>)rows, Dimension);
    }

    private static EmProblem Of(CovarianceKind covariance, int rows, int dimension, int components)
        => new(covariance, CheckMode.IsOn ? RowsOfCheck : rows, dimension, components);

    /// <inheritdoc/>
    public override string ToString() =>
        $"{(Covariance == CovarianceKind.Diagonal ? "diag" : "full")} T {Rows} D {Dimension} K {Components}";
}

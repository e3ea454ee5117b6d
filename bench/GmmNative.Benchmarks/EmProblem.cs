namespace GmmNative.Benchmarks;

/// <summary>The size of a training.</summary>
/// <param name="Covariance">Diagonal or full.</param>
/// <param name="Rows">T.</param>
/// <param name="Dimension">D.</param>
/// <param name="Components">K.</param>
public sealed record EmProblem(CovarianceKind Covariance, int Rows, int Dimension, int Components)
{
    private const int Clusters = 20;

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

    /// <inheritdoc/>
    public override string ToString() => $"{(Covariance == CovarianceKind.Diagonal ? "diag" : "full")} T {Rows} D {Dimension} K {Components}";
}

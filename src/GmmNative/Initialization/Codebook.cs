using System.Numerics.Tensors;
using GmmNative.Interop;

namespace GmmNative;

/// <summary>
/// Centroids made ready for finding the nearest of each of many rows: |x - c|^2 = |x|^2 - 2 (x.c - |c|^2 / 2), so the nearest is where
/// a matrix product less half a square is largest. Immutable, shared by all threads.
/// </summary>
internal sealed class Codebook
{
    /// <summary>Prepares centroids.</summary>
    /// <param name="centroids">K x D, less the shift.</param>
    /// <param name="shift">D: the mean of the rows, about which the expanded square is accurate.</param>
    /// <param name="execution">The products, and scratch for workers.</param>
    public Codebook(double[] centroids, double[] shift, ExecutionPlan execution)
    {
        Centroids = centroids;
        Shift = shift;
        Execution = execution;
        int dimension = shift.Length;
        int clusters = centroids.Length / dimension;
        Clusters = clusters;
        Bias = new double[RowStrips.PaddedHeight(clusters)];
        for (int k = 0; k < clusters; k++)
        {
            Bias[k] = -0.5 * TensorPrimitives.SumOfSquares<double>(Centroid(k));
        }

        Packed = Operations.Pack(clusters, dimension, centroids, dimension);
    }

    public double[] Centroids { get; }

    public double[] Shift { get; }

    public ExecutionPlan Execution { get; }

    public IDenseOperations<double> Operations => Execution.Backend.DoubleOperations;

    public ScratchPool Scratch => Execution.Scratch;

    /// <summary>K, padded: -|c|^2 / 2.</summary>
    public double[] Bias { get; }

    public PackedOperand<double> Packed { get; }

    public int Clusters { get; }

    /// <summary>A centroid less the shift.</summary>
    public ReadOnlySpan<double> Centroid(int cluster) => Centroids.AsSpan(cluster * Shift.Length, Shift.Length);
}

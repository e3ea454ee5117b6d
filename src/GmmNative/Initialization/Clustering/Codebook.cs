using GmmNative.Execution;
using GmmNative.Interop.Kernels;

namespace GmmNative.Initialization.Clustering;

/// <summary>Centroids in the layout that the search for nearest centroids needs. Immutable, shared by all threads.</summary>
internal sealed class Codebook
{
    /// <summary>Prepares centroids.</summary>
    /// <param name="centroids">K x D, scaled; copied.</param>
    /// <param name="scaling">The coordinates of the centroids.</param>
    /// <param name="memory">The distance bounds of the rows, updated for these centroids.</param>
    /// <param name="execution">The scratch memory and operations for workers.</param>
    public Codebook(ReadOnlySpan<double> centroids, RowScaling scaling, DistanceBounds memory, ExecutionPlan execution)
    {
        Dimension = scaling.ExpansionPoint.Length;
        Clusters = centroids.Length / Dimension;
        Stride = PointGroups.PaddedStride(Dimension);
        ExpansionPoint = Padded(scaling.ExpansionPoint);
        Scale = Padded(scaling.Scale);
        Centroids = Padded(centroids);
        Memory = memory;
        Execution = execution;
        Points = new PointGroups(centroids, Dimension, memory.Grouping.Places, memory.Grouping.GroupSize);
    }

    public int Dimension { get; }

    public int Clusters { get; }

    /// <summary>D, padded to whole vectors. Rows and centroids have this length in passes, with zeros at the end.</summary>
    public int Stride { get; }

    /// <summary>The expansion point, padded.</summary>
    public double[] ExpansionPoint { get; }

    /// <summary>The scale of the rows minus the expansion point, padded.</summary>
    public double[] Scale { get; }

    /// <summary>K x <see cref="Stride"/>.</summary>
    public double[] Centroids { get; }

    public DistanceBounds Memory { get; }

    public ExecutionPlan Execution { get; }

    public ScratchPool Scratch => Execution.Scratch;

    /// <summary>The centroids, grouped as in <see cref="Memory"/>.</summary>
    public PointGroups Points { get; }

    private double[] Padded(ReadOnlySpan<double> rows)
    {
        double[] result = new double[checked(rows.Length / Dimension * Stride)];
        for (int i = 0; i < rows.Length / Dimension; i++)
        {
            rows.Slice(i * Dimension, Dimension).CopyTo(result.AsSpan(i * Stride));
        }

        return result;
    }
}

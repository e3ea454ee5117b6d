using GmmNative.Interop;

namespace GmmNative;

/// <summary>Centroids made ready for finding the nearest of each of many rows. Immutable, shared by all threads.</summary>
internal sealed class Codebook
{
    /// <summary>Prepares centroids.</summary>
    /// <param name="centroids">K x D, less the shift; copied.</param>
    /// <param name="shift">D: the mean of the rows.</param>
    /// <param name="memory">What is known of the rows, already told of these centroids.</param>
    /// <param name="execution">Scratch and operations for workers.</param>
    public Codebook(ReadOnlySpan<double> centroids, double[] shift, NearestMemory memory, ExecutionPlan execution)
    {
        Dimension = shift.Length;
        Clusters = centroids.Length / Dimension;
        Stride = PointGroups.PaddedStride(Dimension);
        Shift = Padded(shift);
        Centroids = Padded(centroids);
        Memory = memory;
        Execution = execution;
        Points = new PointGroups(centroids, shift.Length, memory.Grouping.Places, memory.Grouping.GroupSize);
    }

    public int Dimension { get; }

    public int Clusters { get; }

    /// <summary>D, padded to whole vectors: what rows and centroids take up in passes, with zeros at their ends.</summary>
    public int Stride { get; }

    /// <summary>The shift, padded.</summary>
    public double[] Shift { get; }

    /// <summary>K x <see cref="Stride"/>.</summary>
    public double[] Centroids { get; }

    public NearestMemory Memory { get; }

    public ExecutionPlan Execution { get; }

    public ScratchPool Scratch => Execution.Scratch;

    /// <summary>The centroids as the memory groups them.</summary>
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

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
        Centroids = centroids.ToArray();
        Shift = shift;
        Memory = memory;
        Execution = execution;
        Points = new PointGroups(centroids, shift.Length, memory.Grouping.Places, memory.Grouping.GroupSize);
    }

    public double[] Centroids { get; }

    public double[] Shift { get; }

    public NearestMemory Memory { get; }

    public ExecutionPlan Execution { get; }

    public ScratchPool Scratch => Execution.Scratch;

    /// <summary>The centroids as the memory groups them.</summary>
    public PointGroups Points { get; }

    public int Clusters => Centroids.Length / Shift.Length;
}

using CommunityToolkit.HighPerformance;
using GmmNative.Execution;
using GmmNative.Scoring.Results;

namespace GmmNative.Inference.Sampling;

/// <summary>Stores drawn rows in arrays. All groups share one block, because each group writes different rows.</summary>
internal sealed class SampleArrays : IResultBlock
{
    private readonly double[,] _rows;
    private readonly int[] _labels;

    private SampleArrays(double[,] rows, int[] labels)
    {
        _rows = rows;
        _labels = labels;
    }

    /// <summary>Draws rows.</summary>
    /// <param name="model">The model.</param>
    /// <param name="count">T.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="labels">Receives T components; empty if they are not needed.</param>
    /// <param name="execution">The backend and the threads.</param>
    /// <param name="cancellationToken">Stops the computation.</param>
    /// <returns>T x D rows.</returns>
    /// <exception cref="ArgumentOutOfRangeException">T is negative, or an array cannot contain T x D numbers.</exception>
    public static double[,] Draw(
        GaussianMixture model, int count, int seed, int[] labels, ExecutionPlan execution, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if ((long)count * model.Dimension > uint.MaxValue)
        {
            throw new ArgumentOutOfRangeException(
                nameof(count), $"{count} rows of dimension {model.Dimension} are too many for one array: use CreateSource.");
        }

        SampleArrays arrays = new(new double[count, model.Dimension], labels);
        ResultKinds kinds = labels.Length > 0 ? ResultKinds.Rows | ResultKinds.Label : ResultKinds.Rows;
        ResultStream<SampleArrays> all = new(new(kinds), count, 1, () => arrays, static _ => { });
        SamplingPass.Stream(new MixtureSampler(model, seed, execution), all, execution, cancellationToken);
        return arrays._rows;
    }

    /// <inheritdoc/>
    public void Add(in RowResults results)
    {
        int first = (int)results.FirstRow;
        int dimension = _rows.GetLength(1);
        for (int r = 0; r < results.Count; r++)
        {
            results.Rows.Slice(r * dimension, dimension).CopyTo(_rows.GetRowSpan(first + r));
        }

        results.Labels.CopyTo(_labels.AsSpan(_labels.Length == 0 ? 0 : first));
    }
}

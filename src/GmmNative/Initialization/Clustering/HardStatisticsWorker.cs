using System.Buffers;
using GmmNative.Expectation;
using GmmNative.Passes;
using GmmNative.Statistics;

namespace GmmNative.Initialization.Clustering;

/// <summary>
/// Computes the moments of each cluster about its centroid: the statistics of an E-step whose posteriors are 0 and 1. For one thread.
/// </summary>
internal sealed class HardStatisticsWorker(Codebook codebook, LiftedLayout layout, int chunkRows)
    : IChunkWorker<SufficientStatistics>
{
    private readonly ChunkAssignment _assignment = new(codebook, chunkRows);
    private readonly MomentKernel<double> _moments = new(layout, codebook.Execution, chunkRows);
    private readonly double[] _rows = ArrayPool<double>.Shared.Rent(checked(chunkRows * layout.Dimension));
    private readonly double[] _weights = new double[chunkRows];
    private readonly int[] _starts = new int[codebook.Clusters + 1];

    public void Process(in RowChunk chunk, SufficientStatistics sums)
    {
        _assignment.Assign(chunk);
        sums.AddRows(chunk.Count, chunk.TotalWeight, 0);
        Sort(chunk);
        int dimension = layout.Dimension;
        int first = 0;
        for (int k = 0; k < codebook.Clusters; k++)
        {
            // Sorting advanced the start of the cluster's rows to their end.
            int count = _starts[k] - first;
            if (count > 0)
            {
                RowChunk own = new(_rows.AsSpan(first * dimension, count * dimension), count, chunk.FirstRow);
                _moments.Add(k, own, _weights.AsSpan(first, count), sums.Origins.Origin(k), sums.RequireOwnOrigin());
            }

            first += count;
        }
    }

    /// <summary>Groups the rows by cluster.</summary>
    private void Sort(in RowChunk chunk)
    {
        int dimension = layout.Dimension;
        ReadOnlySpan<int> labels = _assignment.Labels;
        _starts.AsSpan().Clear();
        foreach (int label in labels)
        {
            _starts[label + 1]++;
        }

        for (int k = 1; k < _starts.Length; k++)
        {
            _starts[k] += _starts[k - 1];
        }

        for (int r = 0; r < labels.Length; r++)
        {
            int place = _starts[labels[r]]++;
            _weights[place] = chunk.WeightOf(r);
            chunk.Rows.Slice(r * dimension, dimension).CopyTo(_rows.AsSpan(place * dimension));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _assignment.Dispose();
        _moments.Dispose();
        ArrayPool<double>.Shared.Return(_rows);
    }
}

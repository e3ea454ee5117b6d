using GmmNative.Execution;
using GmmNative.Expectation;
using GmmNative.Passes;
using GmmNative.Statistics;

namespace GmmNative.Initialization.Missing;

/// <summary>Computes the moments of the components of a start from rows with missing values, for one thread.</summary>
/// <param name="shares">The shares of the components.</param>
/// <param name="layout">The products that are summed.</param>
/// <param name="execution">The backend.</param>
/// <param name="chunkRows">The maximum number of rows per chunk.</param>
internal sealed class FilledStatisticsWorker(IRowShares shares, LiftedLayout layout, ExecutionPlan execution, int chunkRows)
    : IChunkWorker<FilledStatistics>
{
    private readonly MomentKernel<double> _moments = new(layout, execution, chunkRows);
    private readonly double[] _rows = new double[checked(chunkRows * layout.Dimension)];
    private readonly double[] _shares = new double[chunkRows];

    /// <inheritdoc/>
    public void Process(in RowChunk chunk, FilledStatistics sums)
    {
        int dimension = layout.Dimension;
        shares.Load(chunk);
        double total = 0;
        Span<double> own = _shares.AsSpan(0, chunk.Count);
        for (int k = 0; k < sums.Moments.Components; k++)
        {
            shares.Shares(k, own);
            ReadOnlySpan<double> origin = sums.Moments.Origins.Origin(k);
            Span<double> missing = sums.Missing.AsSpan(k * dimension, dimension);
            for (int r = 0; r < chunk.Count; r++)
            {
                own[r] *= chunk.WeightOf(r);
                total += own[r];
                if (own[r] > 0)
                {
                    Fill(chunk.Rows.Slice(r * dimension, dimension), origin, own[r], missing, _rows.AsSpan(r * dimension, dimension));
                }
            }

            _moments.Add(
                k, new RowChunk(_rows.AsSpan(0, chunk.Rows.Length), chunk.Count, chunk.FirstRow), own, origin,
                sums.Moments.RequireOwnOrigin());
        }

        // Rows without observed values belong to no component, so they have no part in the weights.
        sums.Moments.AddRows(chunk.Count, total, 0);
    }

    /// <inheritdoc/>
    public void Dispose() => _moments.Dispose();

    private static void Fill(
        ReadOnlySpan<double> row, ReadOnlySpan<double> origin, double weight, Span<double> missing, Span<double> filled)
    {
        for (int d = 0; d < row.Length; d++)
        {
            bool isMissing = double.IsNaN(row[d]);
            filled[d] = isMissing ? origin[d] : row[d];
            missing[d] += isMissing ? weight : 0;
        }
    }
}

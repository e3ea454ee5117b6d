using CommunityToolkit.HighPerformance;
using GmmNative.Data;
using GmmNative.Execution;
using GmmNative.Scoring.Results;

namespace GmmNative.Scoring.Imputation;

/// <summary>Stores imputed rows in an array. All groups share one block, because each group writes different rows.</summary>
/// <param name="rows">T x D.</param>
internal sealed class ImputedArray(double[,] rows) : IResultBlock
{
    /// <summary>Imputes all rows of a source.</summary>
    public static double[,] Of(GaussianMixture model, IVectorSource rows, ExecutionPlan execution, CancellationToken cancellationToken)
    {
        int count = VectorSourceCount.ForArray(rows, model.Dimension, cancellationToken);
        ImputedArray array = new(new double[count, model.Dimension]);
        ResultStream<ImputedArray> all = new(new(ResultKinds.Rows), count, 1, () => array, static _ => { });
        ImputationPass.Stream(model, rows, all, execution, cancellationToken);
        return array.Rows;
    }

    private double[,] Rows => rows;

    /// <inheritdoc/>
    public void Add(in RowResults results)
    {
        int dimension = rows.GetLength(1);
        for (int r = 0; r < results.Count; r++)
        {
            results.Rows.Slice(r * dimension, dimension).CopyTo(rows.GetRowSpan((int)results.FirstRow + r));
        }
    }
}

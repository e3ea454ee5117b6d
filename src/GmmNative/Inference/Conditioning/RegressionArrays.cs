using CommunityToolkit.HighPerformance;
using GmmNative.Data;
using GmmNative.Execution;
using GmmNative.Scoring;
using GmmNative.Scoring.Results;

namespace GmmNative.Inference.Conditioning;

/// <summary>Stores predictions in arrays. All groups share one block, because each group writes different rows.</summary>
internal sealed class RegressionArrays : IResultBlock
{
    private readonly double[,] _predicted;
    private readonly double[,]? _covariances;
    private readonly int[] _labels;
    private readonly double[] _logDensities;

    private RegressionArrays(int rows, int wanted, int covarianceLength)
    {
        _predicted = new double[rows, wanted];
        _covariances = covarianceLength == 0 ? null : new double[rows, covarianceLength];
        _labels = new int[rows];
        _logDensities = new double[rows];
    }

    /// <summary>Predicts all rows of a source.</summary>
    /// <exception cref="VectorDataException">A value is not finite, or there are more results than an array can contain.</exception>
    public static RegressionResult Of(
        IRowRegression regression, IVectorSource rows, ExecutionPlan execution, CancellationToken cancellationToken)
    {
        int width = Math.Max(regression.Wanted, regression.CovarianceLength);
        int count = VectorSourceCount.ForArray(rows, width, cancellationToken);
        RegressionArrays arrays = new(count, regression.Wanted, regression.CovarianceLength);
        ResultRequest request = new(ResultKinds.Label) { Regression = regression };
        ResultStream<RegressionArrays> all = new(request, count, 1, () => arrays, static _ => { });
        ScoringPass.Stream(regression.Marginal, rows, all, execution, cancellationToken);
        return new RegressionResult(arrays._predicted, arrays._covariances, arrays._labels, arrays._logDensities);
    }

    /// <inheritdoc/>
    public void Add(in RowResults results)
    {
        int first = (int)results.FirstRow;
        results.LogDensities.CopyTo(_logDensities.AsSpan(first));
        results.Labels.CopyTo(_labels.AsSpan(first));
        CopyRows(results.Regression, _predicted, first, results.Count);
        if (_covariances is not null)
        {
            CopyRows(results.RegressionCovariances, _covariances, first, results.Count);
        }
    }

    private static void CopyRows(ReadOnlySpan<double> from, double[,] to, int first, int count)
    {
        int width = to.GetLength(1);
        for (int r = 0; r < count; r++)
        {
            from.Slice(r * width, width).CopyTo(to.GetRowSpan(first + r));
        }
    }
}

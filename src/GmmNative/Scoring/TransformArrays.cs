using CommunityToolkit.HighPerformance;
using GmmNative.Data;
using GmmNative.Execution;
using GmmNative.Scoring.Regression;
using GmmNative.Scoring.Results;

namespace GmmNative.Scoring;

/// <summary>Stores the results of a transform in arrays. All groups share one block, because each group writes different rows.</summary>
internal sealed class TransformArrays : IResultBlock
{
    private readonly double[,]? _converted;
    private readonly int[] _labels;
    private readonly double[] _logDensities;

    private TransformArrays(int rows, int wanted)
    {
        _converted = wanted == 0 ? null : new double[rows, wanted];
        _labels = new int[rows];
        _logDensities = new double[rows];
    }

    /// <summary>Transforms all rows of a source.</summary>
    /// <exception cref="VectorDataException">
    /// The rows have more coordinates than the model, a value is not finite, or there are more rows than an array can contain.
    /// </exception>
    public static TransformResult Of(
        GaussianMixture model, IVectorSource rows, ExecutionPlan execution, CancellationToken cancellationToken)
    {
        int wanted = MixtureRegression.WantedOf(model, rows);
        TransformArrays arrays = new(VectorSourceCount.ForArray(rows, Math.Max(1, wanted), cancellationToken), wanted);
        ResultStream<TransformArrays> all = new(
            new(ResultKinds.Label | ResultKinds.Regression), arrays._labels.Length, 1, () => arrays, static _ => { });
        ScoringPass.Stream(model, rows, all, execution, cancellationToken);
        return new TransformResult(arrays._converted, arrays._labels, arrays._logDensities);
    }

    /// <inheritdoc/>
    public void Add(in RowResults results)
    {
        int first = (int)results.FirstRow;
        results.LogDensities.CopyTo(_logDensities.AsSpan(first));
        results.Labels.CopyTo(_labels.AsSpan(first));
        for (int r = 0; r < results.Count && _converted is not null; r++)
        {
            int wanted = _converted.GetLength(1);
            results.Regression.Slice(r * wanted, wanted).CopyTo(_converted.GetRowSpan(first + r));
        }
    }
}

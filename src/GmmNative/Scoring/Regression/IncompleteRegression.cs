using GmmNative.Expectation.Missing;
using GmmNative.Passes;
using GmmNative.Passes.Missing;
using GmmNative.Scoring.Results;

namespace GmmNative.Scoring.Regression;

/// <summary>
/// Predicts target coordinates of rows whose given coordinates may be missing. The rows of a pattern are predicted from their observed
/// coordinates. Scratch memory of one thread.
/// </summary>
/// <param name="regression">The regression on all given coordinates.</param>
/// <param name="given">The number of given coordinates.</param>
/// <param name="policy">What happens to rows with missing values.</param>
internal sealed class IncompleteRegression(IRowRegression regression, int given, MissingValues policy)
{
    /// <summary>The maximum number of patterns whose regressions are kept.</summary>
    private const int MaximumPatterns = 256;

    private readonly Dictionary<MissingPattern, IRowRegression> _patterns = [];
    private readonly RowPartition _partition = new(given);
    private readonly RowGathering _gathering = new();
    private int[] _labels = [];
    private double[] _posteriors = [];
    private double[] _predicted = [];
    private double[] _covariances = [];

    /// <summary>Predicts the rows of a chunk.</summary>
    /// <inheritdoc cref="IRowRegression.Predict" path="/param"/>
    public void Predict(in RowChunk chunk, in RowResults results, Span<double> predicted, Span<double> covariances)
    {
        if (policy == MissingValues.Error || !MissingPattern.HasMissing(chunk.Rows))
        {
            regression.Predict(chunk.Rows, results, predicted, covariances);
            return;
        }

        _partition.Divide(chunk);
        if (_partition.Complete.Length > 0)
        {
            PredictRows(regression, [], _partition.Complete, chunk, results, predicted, covariances);
        }

        ReadOnlySpan<int> rows = _partition.Incomplete;
        for (int first = 0, length; first < rows.Length; first += length)
        {
            length = _partition.RunLength(first);
            ReadOnlySpan<int> run = rows.Slice(first, length);
            if (policy == MissingValues.Drop)
            {
                foreach (int r in run)
                {
                    predicted.Slice(r * regression.Wanted, regression.Wanted).Fill(double.NaN);
                    covariances.Slice(r * regression.CovarianceLength, regression.CovarianceLength).Fill(double.NaN);
                }

                continue;
            }

            MissingPattern pattern = MissingPattern.Of(chunk.Rows.Slice(run[0] * given, given));
            PredictRows(Find(pattern), pattern.Observed, run, chunk, results, predicted, covariances);
        }
    }

    private IRowRegression Find(MissingPattern pattern)
    {
        if (!_patterns.TryGetValue(pattern, out IRowRegression? found))
        {
            if (_patterns.Count == MaximumPatterns)
            {
                _patterns.Clear();
            }

            found = regression.OfObserved(pattern.Observed);
            _patterns.Add(pattern, found);
        }

        return found;
    }

    private void PredictRows(
        IRowRegression own, int[] columns, ReadOnlySpan<int> rows, in RowChunk chunk, in RowResults results, Span<double> predicted,
        Span<double> covariances)
    {
        int wanted = own.Wanted;
        int length = own.CovarianceLength;
        int components = own.Marginal.ComponentCount;
        Reserve(rows.Length, wanted, length, components);
        for (int i = 0; i < rows.Length; i++)
        {
            _labels[i] = results.Labels.IsEmpty ? 0 : results.Labels[rows[i]];
            if (!results.Posteriors.IsEmpty)
            {
                results.Posteriors.Slice(rows[i] * components, components).CopyTo(_posteriors.AsSpan(i * components));
            }
        }

        // Nothing is observed if there are no columns in a pattern: the rows are then empty.
        bool isEmpty = columns.Length == 0 && !ReferenceEquals(own, regression);
        ReadOnlySpan<double> gathered = isEmpty ? [] : _gathering.Gather(chunk, rows, columns).Rows;
        RowResults selected = new()
        {
            FirstRow = chunk.FirstRow,
            Count = rows.Length,
            Labels = _labels.AsSpan(0, rows.Length),
            Posteriors = _posteriors.AsSpan(0, rows.Length * components),
        };
        own.Predict(gathered, selected, _predicted.AsSpan(0, rows.Length * wanted), _covariances.AsSpan(0, rows.Length * length));
        for (int i = 0; i < rows.Length; i++)
        {
            _predicted.AsSpan(i * wanted, wanted).CopyTo(predicted[(rows[i] * wanted)..]);
            _covariances.AsSpan(i * length, length).CopyTo(covariances[(rows[i] * length)..]);
        }
    }

    private void Reserve(int rows, int wanted, int covarianceLength, int components)
    {
        if (_labels.Length < rows)
        {
            _labels = new int[rows];
            _posteriors = new double[checked(rows * components)];
            _predicted = new double[checked(rows * wanted)];
            _covariances = new double[checked(rows * covarianceLength)];
        }
    }
}

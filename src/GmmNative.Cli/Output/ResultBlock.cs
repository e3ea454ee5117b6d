using GmmNative.Files.Output;
using GmmNative.Scoring.Results;

namespace GmmNative.Cli.Output;

/// <summary>The results of a group of rows, encoded as the bytes of each file, and their contribution to the summary.</summary>
internal sealed class ResultBlock : IResultBlock
{
    private readonly ResultKinds[] _kinds;
    private readonly EncodedRows[] _parts;
    private readonly bool[] _seen;
    private readonly ReadOnlyMemory<double> _weights;
    private CompensatedSum _total;

    /// <summary>Creates an empty block.</summary>
    /// <param name="kinds">The kind of result of each file.</param>
    /// <param name="encodings">The encoding of each file.</param>
    /// <param name="seen">
    /// Flags of the components that are the most probable component of some row. All threads set flags, and no thread clears them.
    /// </param>
    /// <param name="weights">The weights of all rows; empty if every row counts as one.</param>
    public ResultBlock(ResultKinds[] kinds, ArrayEncoding[] encodings, bool[] seen, ReadOnlyMemory<double> weights = default)
    {
        _weights = weights;
        _kinds = kinds;
        _parts = [.. encodings.Select(encoding => new EncodedRows(encoding))];
        _seen = seen;
    }

    /// <summary>The number of rows.</summary>
    public int Rows { get; private set; }

    /// <summary>The weighted sum of the log-densities of the rows, in nats.</summary>
    public CompensatedSum Total => _total;

    /// <summary>The number of rows that are anomalies.</summary>
    public int Anomalies { get; private set; }

    /// <summary>The number of rows that are left out because of missing values.</summary>
    public int LeftOut { get; private set; }

    /// <summary>The sum of the weights of the rows that are left out.</summary>
    public double LeftOutWeight { get; private set; }

    /// <summary>The encoded rows of each file.</summary>
    public IReadOnlyList<EncodedRows> Parts => _parts;

    /// <inheritdoc/>
    public void Add(in RowResults results)
    {
        Rows += results.Count;
        if (_weights.IsEmpty)
        {
            _total.Add(results.LogDensities);
        }
        else
        {
            _total.Add(results.LogDensities, _weights.Span.Slice((int)results.FirstRow, results.Count));
        }

        CountLeftOut(results);
        foreach (int mark in results.Anomalies)
        {
            Anomalies += Math.Max(0, mark);
        }

        foreach (int label in results.Labels)
        {
            // Set only once: repeated writes would take the cache line from the other threads.
            if (label >= 0 && !_seen[label])
            {
                _seen[label] = true;
            }
        }

        for (int i = 0; i < _parts.Length; i++)
        {
            switch (_kinds[i])
            {
                case ResultKinds.Posteriors:
                    _parts[i].Add(results.Posteriors, results.Count);
                    break;
                case ResultKinds.Label:
                    _parts[i].Add(results.Labels, results.Count);
                    break;
                case ResultKinds.Regression:
                    _parts[i].Add(results.Regression, results.Count);
                    break;
                case ResultKinds.RegressionCovariance:
                    _parts[i].Add(results.RegressionCovariances, results.Count);
                    break;
                case ResultKinds.LargestPosteriors:
                    _parts[i].Add(results.LargestPosteriors, results.Count);
                    break;
                case ResultKinds.Anomaly:
                    _parts[i].Add(results.Anomalies, results.Count);
                    break;
                case ResultKinds.Rows:
                    _parts[i].Add(results.Rows, results.Count);
                    break;
                default:
                    _parts[i].Add(results.LogDensities, results.Count);
                    break;
            }
        }
    }

    /// <summary>Empties the block.</summary>
    public void Clear()
    {
        Rows = 0;
        Anomalies = 0;
        LeftOut = 0;
        LeftOutWeight = 0;
        _total = default;
        foreach (EncodedRows part in _parts)
        {
            part.Clear();
        }
    }

    private void CountLeftOut(in RowResults results)
    {
        for (int r = 0; r < results.LogDensities.Length; r++)
        {
            if (double.IsNaN(results.LogDensities[r]))
            {
                LeftOut++;
                LeftOutWeight += _weights.IsEmpty ? 1 : _weights.Span[(int)results.FirstRow + r];
            }
        }
    }
}

using GmmNative.Files.Output;
using GmmNative.Scoring.Results;

namespace GmmNative.Cli.Output;

/// <summary>The results of a group of rows as the bytes of each file, and what they add to the summary.</summary>
internal sealed class ResultBlock : IResultBlock
{
    private readonly ResultKinds[] _kinds;
    private readonly EncodedRows[] _parts;
    private readonly bool[] _seen;
    private CompensatedSum _total;

    /// <summary>Makes an empty block.</summary>
    /// <param name="kinds">What each file holds.</param>
    /// <param name="encodings">The form of each file.</param>
    /// <param name="seen">Marks the components that are the most likely one of some row. All threads set marks, none takes one
    /// away.</param>
    public ResultBlock(ResultKinds[] kinds, ArrayEncoding[] encodings, bool[] seen)
    {
        _kinds = kinds;
        _parts = [.. encodings.Select(encoding => new EncodedRows(encoding))];
        _seen = seen;
    }

    /// <summary>The number of rows.</summary>
    public int Rows { get; private set; }

    /// <summary>The sum of the rows' log-densities, nats.</summary>
    public CompensatedSum Total => _total;

    /// <summary>The rows of each file.</summary>
    public IReadOnlyList<EncodedRows> Parts => _parts;

    /// <inheritdoc/>
    public void Add(in RowResults results)
    {
        Rows += results.Count;
        _total.Add(results.LogDensities);
        foreach (int label in results.Labels)
        {
            // Writing it again and again would take the cache line away from the other threads.
            if (!_seen[label])
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
                default:
                    _parts[i].Add(results.LogDensities, results.Count);
                    break;
            }
        }
    }

    /// <summary>Makes it empty.</summary>
    public void Clear()
    {
        Rows = 0;
        _total = default;
        foreach (EncodedRows part in _parts)
        {
            part.Clear();
        }
    }
}

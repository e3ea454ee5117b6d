using GmmNative.Scoring.Results;

namespace GmmNative.Scoring.Utterances;

/// <summary>
/// Sums the log-densities of rows by utterance, in the order of the rows, with Neumaier's compensation: the sums do not depend on the
/// number of threads.
/// </summary>
/// <param name="utterances">The utterances.</param>
/// <param name="weights">The weights of the rows; empty if every row counts as one.</param>
internal sealed class UtteranceSums(IReadOnlyList<Utterance> utterances, ReadOnlyMemory<double> weights)
{
    private readonly double[] _sums = new double[utterances.Count];
    private readonly double[] _lost = new double[utterances.Count];
    private readonly double[] _weights = new double[utterances.Count];
    private int _utterance;

    /// <summary>Adds the results of the next rows.</summary>
    public void Receive(Block block)
    {
        for (int i = 0; i < block.Count; i++)
        {
            long row = block.FirstRow + i;
            while (row >= utterances[_utterance].FirstRow + utterances[_utterance].RowCount)
            {
                _utterance++;
            }

            double weight = weights.IsEmpty ? 1 : weights.Span[(int)row];
            _weights[_utterance] += weight;
            Add(weight == 0 ? 0 : weight * block.Values[i]);
        }

        block.Clear();
    }

    /// <summary>Returns the average of each utterance.</summary>
    public UtteranceScore[] Averages() => [.. utterances.Select(
        (utterance, i) => new UtteranceScore(
            utterance.Key, utterance.RowCount, (double.IsFinite(_sums[i]) ? _sums[i] + _lost[i] : _sums[i]) / _weights[i]))];

    private void Add(double value)
    {
        ref double before = ref _sums[_utterance];
        double sum = before + value;
        _lost[_utterance] += Math.Abs(before) >= Math.Abs(value) ? (before - sum) + value : (value - sum) + before;
        before = sum;
    }

    /// <summary>The log-densities of a group of rows.</summary>
    public sealed class Block : IResultBlock
    {
        private double[] _values = [];

        /// <summary>The first row.</summary>
        public long FirstRow { get; private set; }

        /// <summary>The number of rows.</summary>
        public int Count { get; private set; }

        /// <summary>The log-densities.</summary>
        public ReadOnlySpan<double> Values => _values;

        /// <inheritdoc/>
        public void Add(in RowResults results)
        {
            FirstRow = Count == 0 ? results.FirstRow : FirstRow;
            if (_values.Length < Count + results.Count)
            {
                Array.Resize(ref _values, Math.Max(2 * _values.Length, Count + results.Count));
            }

            results.LogDensities.CopyTo(_values.AsSpan(Count));
            Count += results.Count;
        }

        /// <summary>Empties the block.</summary>
        public void Clear() => Count = 0;
    }
}

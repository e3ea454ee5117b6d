using CommunityToolkit.HighPerformance;

namespace GmmNative;

/// <summary>
/// Rows that arrive in batches of any size from a factory, which is called for each pass, like the DataLoader of PyTorch.
/// The division of the rows into batches does not change any result.
/// </summary>
/// <example>
/// <code>
/// // A million rows, of which only a thousand are in memory at a time.
/// BatchVectorSource rows = new(dimension: 2, () => Enumerable.Range(0, 1000).Select(Batch));
/// GaussianMixture model = GaussianMixture.Fit(rows, components: 4);
///
/// static ReadOnlyMemory2D&lt;double&gt; Batch(int number)
/// {
///     Random random = new(number);
///     double[,] batch = new double[1000, 2];
///     foreach (ref double value in batch.AsSpan2D())
///     {
///         value = random.NextDouble();
///     }
///
///     return batch;
/// }
/// </code>
/// </example>
public sealed class BatchVectorSource : IVectorSource
{
    private readonly Func<IEnumerable<ReadOnlyMemory2D<double>>> _openPass;

    /// <summary>Creates a source.</summary>
    /// <param name="dimension">D, at least 1.</param>
    /// <param name="openPass">
    /// Called at the start of each pass. Returns the batches, each with D columns. Every call must return the same rows in the same order.
    /// </param>
    /// <param name="rowCount">T, or <see langword="null"/> if it is not known.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="dimension"/> is below 1.</exception>
    public BatchVectorSource(int dimension, Func<IEnumerable<ReadOnlyMemory2D<double>>> openPass, long? rowCount = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        ArgumentNullException.ThrowIfNull(openPass);
        Dimension = dimension;
        RowCount = rowCount;
        _openPass = openPass;
    }

    /// <inheritdoc/>
    public int Dimension { get; }

    /// <inheritdoc/>
    public long? RowCount { get; }

    /// <inheritdoc/>
    public IVectorReader OpenReader() => new BatchReader(Dimension, _openPass().GetEnumerator());

    private sealed class BatchReader(int dimension, IEnumerator<ReadOnlyMemory2D<double>> batches) : IVectorReader
    {
        private ReadOnlyMemory2D<double> _batch;
        private int _nextRow;

        public int Read(Span<double> rows)
        {
            while (_nextRow == _batch.Height)
            {
                if (!batches.MoveNext())
                {
                    return 0;
                }

                _batch = batches.Current;
                _nextRow = 0;
                if (_batch.Height > 0 && _batch.Width != dimension)
                {
                    throw new VectorDataException($"A batch has {_batch.Width} columns, but the vectors have dimension {dimension}.");
                }
            }

            int count = Math.Min(rows.Length / dimension, _batch.Height - _nextRow);
            ReadOnlySpan2D<double> span = _batch.Span;
            for (int i = 0; i < count; i++)
            {
                span.GetRowSpan(_nextRow + i).CopyTo(rows[(i * dimension)..]);
            }

            _nextRow += count;
            return count;
        }

        public void Dispose() => batches.Dispose();
    }
}

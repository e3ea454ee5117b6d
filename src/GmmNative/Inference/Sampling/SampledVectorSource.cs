namespace GmmNative.Inference.Sampling;

/// <summary>A data set of rows that a sampler draws when they are read.</summary>
internal sealed class SampledVectorSource(MixtureSampler sampler, long count) : IRandomAccessVectorSource
{
    /// <inheritdoc/>
    public int Dimension => sampler.Model.Dimension;

    /// <inheritdoc/>
    public long Count => count;

    /// <inheritdoc/>
    public long? RowCount => count;

    /// <inheritdoc/>
    public IReadOnlyList<string>? ColumnNames => sampler.Model.Columns;

    /// <inheritdoc/>
    public void Read(long firstRow, Span<double> rows)
    {
        int wanted = rows.Length / Dimension;
        if (firstRow < 0 || firstRow > count - wanted)
        {
            throw new ArgumentOutOfRangeException(nameof(firstRow), $"Rows {firstRow} to {firstRow + wanted} are beyond the {count} rows.");
        }

        sampler.Sample(firstRow, rows);
    }
}

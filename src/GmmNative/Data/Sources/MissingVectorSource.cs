namespace GmmNative.Data.Sources;

/// <summary>A sequential source with a policy for missing values.</summary>
/// <param name="source">The source, which this source owns and disposes.</param>
/// <param name="policy">The policy.</param>
internal sealed class MissingVectorSource(IVectorSource source, MissingValues policy) : IVectorSource
{
    /// <inheritdoc/>
    public int Dimension => source.Dimension;


    /// <inheritdoc/>
    public long? RowCount => source.RowCount;

    /// <inheritdoc/>
    public IReadOnlyList<string>? ColumnNames => source.ColumnNames;

    /// <inheritdoc/>
    public ReadOnlyMemory<double> RowWeights => source.RowWeights;

    /// <inheritdoc/>
    public MissingValues MissingValues => policy;

    /// <inheritdoc/>
    public IVectorReader OpenReader() => source.OpenReader();

    /// <inheritdoc/>
    public string DescribeRow(long row) => source.DescribeRow(row);

    /// <inheritdoc/>
    public string DescribeColumn(int column) => source.DescribeColumn(column);

    /// <inheritdoc/>
    public void Dispose() => source.Dispose();
}

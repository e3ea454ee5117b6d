namespace GmmNative.Passes;

/// <summary>The number of rows seen, for passes whose results go elsewhere.</summary>
internal sealed class RowCount : IAccumulator<RowCount>
{
    private long _rows;

    public long Rows
    {
        get => _rows;
        set => _rows = value;
    }

    public void Clear() => Rows = 0;

    public void Add(RowCount other) => Rows += other.Rows;

    /// <inheritdoc/>
    /// <remarks>The rows.</remarks>
    public void VisitSums(ISumVisitor visitor) => visitor.Counts(new Span<long>(ref _rows));
}

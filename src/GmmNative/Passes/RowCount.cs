namespace GmmNative.Passes;

/// <summary>The number of rows seen, for passes whose results go elsewhere.</summary>
internal sealed class RowCount : IAccumulator<RowCount>
{
    public long Rows { get; set; }

    public void Clear() => Rows = 0;

    public void Add(RowCount other) => Rows += other.Rows;
}

namespace GmmNative.Passes;

/// <summary>Sums over rows that can be merged.</summary>
internal interface IAccumulator<TSelf>
{
    /// <summary>Sets all sums to zero.</summary>
    void Clear();

    /// <summary>Adds another's sums.</summary>
    void Add(TSelf other);

    /// <summary>
    /// Shows all numbers to a visitor, in an order and in lengths that depend on the shape of the problem alone. The visitor may change
    /// them.
    /// </summary>
    void VisitSums(ISumVisitor visitor);
}

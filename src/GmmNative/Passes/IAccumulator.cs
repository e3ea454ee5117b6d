namespace GmmNative.Passes;

/// <summary>Sums over rows that can be merged.</summary>
internal interface IAccumulator<TSelf>
{
    /// <summary>Sets all sums to zero.</summary>
    void Clear();

    /// <summary>Adds the sums of another instance.</summary>
    void Add(TSelf other);

    /// <summary>
    /// Passes all numbers to a visitor, in an order and in lengths that depend only on the shape of the problem. The visitor may change
    /// them.
    /// </summary>
    void VisitSums(ISumVisitor visitor);
}

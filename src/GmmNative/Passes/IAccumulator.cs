namespace GmmNative.Passes;

/// <summary>Sums over rows that can be merged.</summary>
internal interface IAccumulator<TSelf>
{
    /// <summary>Sets all sums to zero.</summary>
    void Clear();

    /// <summary>Adds another's sums.</summary>
    void Add(TSelf other);
}

using System.Runtime.InteropServices;
using GmmNative.Passes;

namespace GmmNative.Tests.Support;

/// <summary>Sums that are the rows themselves, in the order in which they were added and merged.</summary>
internal sealed class RowTrace : IAccumulator<RowTrace>
{
    /// <summary>The numbers of all rows.</summary>
    public List<double> Values { get; } = [];

    /// <summary>First row and number of rows of each chunk.</summary>
    public List<(long First, int Count)> Chunks { get; } = [];

    public void Clear()
    {
        Values.Clear();
        Chunks.Clear();
    }

    public void Add(RowTrace other)
    {
        Values.AddRange(other.Values);
        Chunks.AddRange(other.Chunks);
    }

    public void VisitSums(ISumVisitor visitor) => visitor.Sums(CollectionsMarshal.AsSpan(Values));
}

using System.Numerics.Tensors;
using GmmNative.Passes;

namespace GmmNative.Initialization.Seeding;

/// <summary>
/// For each candidate seed, the weighted sum over rows of the squared distance from the nearest seed, if the candidate were adopted.
/// Positions without a candidate have unspecified values.
/// </summary>
internal sealed class SeedPotentials(int places) : IAccumulator<SeedPotentials>
{
    private long _rows;

    public double[] Sums { get; } = new double[places];

    public long Rows
    {
        get => _rows;
        set => _rows = value;
    }

    public void Clear()
    {
        Rows = 0;
        Sums.AsSpan().Clear();
    }

    public void Add(SeedPotentials other)
    {
        Rows += other.Rows;
        TensorPrimitives.Add(Sums, other.Sums, Sums);
    }

    /// <inheritdoc/>
    /// <remarks>Rows; the sums of all places.</remarks>
    public void VisitSums(ISumVisitor visitor)
    {
        visitor.Counts(new Span<long>(ref _rows));
        visitor.Sums(Sums);
    }
}

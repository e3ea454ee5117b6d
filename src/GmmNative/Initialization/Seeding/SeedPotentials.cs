using System.Numerics.Tensors;
using GmmNative.Passes;

namespace GmmNative.Initialization.Seeding;

/// <summary>
/// For each candidate seed, the sum over rows of the squared distance from the nearest seed, if the candidate were adopted. Positions
/// without a candidate have unspecified values.
/// </summary>
internal sealed class SeedPotentials(int places) : IAccumulator<SeedPotentials>
{
    public double[] Sums { get; } = new double[places];

    public long Rows { get; set; }

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
}

using System.Numerics.Tensors;

namespace GmmNative;

/// <summary>For each candidate seed the sum over rows of the squared distance from the nearest seed, were it taken.</summary>
internal sealed class SeedPotentials(int candidates) : IAccumulator<SeedPotentials>
{
    public double[] Sums { get; } = new double[candidates];

    public void Clear() => Sums.AsSpan().Clear();

    public void Add(SeedPotentials other) => TensorPrimitives.Add(Sums, other.Sums, Sums);
}

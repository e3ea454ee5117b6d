using System.Numerics.Tensors;
using GmmNative.Interop;

namespace GmmNative;

/// <summary>
/// Weighted moments of rows for each component, about some origin: sums of weights, of rows and of the products that the
/// structure keeps. All in double, on 64-byte boundaries.
/// </summary>
internal sealed class Moments(FeatureMap map, int components) : IAccumulator<Moments>
{
    private readonly AlignedBuffer<double> _weights = new(components);
    private readonly AlignedBuffer<double> _features = new(checked(components * map.Features));

    /// <summary>K: N_k, the sums of posteriors.</summary>
    public Span<double> Weights => _weights.Span;

    /// <summary>K x F: sums of posterior times lifted row.</summary>
    public Span<double> Features => _features.Span;

    /// <summary>D sums of rows of a component.</summary>
    public Span<double> First(int component) => Features.Slice(component * map.Features, map.Dimension);

    /// <summary>Sums of a component's products, in the order of the map.</summary>
    public Span<double> Second(int component) => Features.Slice((component * map.Features) + map.Dimension, map.Products);

    public void Clear()
    {
        Weights.Clear();
        Features.Clear();
    }

    public void Add(Moments other)
    {
        TensorPrimitives.Add(Weights, other.Weights, Weights);
        TensorPrimitives.Add(Features, other.Features, Features);
    }
}

using System.Numerics.Tensors;

namespace GmmNative;

/// <summary>
/// Weighted moments of rows for each component, about an origin of its own: sums of weights, of rows and of the products that the
/// structure keeps.
/// </summary>
internal sealed class Moments(FeatureMap map, int components) : IAccumulator<Moments>
{
    private readonly double[] _features = new double[checked(components * map.Features)];

    /// <summary>K: N_k, the sums of posteriors.</summary>
    public double[] Weights { get; } = new double[components];

    /// <summary>D sums of rows of a component.</summary>
    public Span<double> First(int component) => _features.AsSpan(component * map.Features, map.Dimension);

    /// <summary>Sums of a component's products, in the order of the map.</summary>
    public Span<double> Second(int component) => _features.AsSpan((component * map.Features) + map.Dimension, map.Products);

    public void Clear()
    {
        Weights.AsSpan().Clear();
        _features.AsSpan().Clear();
    }

    public void Add(Moments other)
    {
        TensorPrimitives.Add(Weights, other.Weights, Weights);
        TensorPrimitives.Add(_features, other._features, _features);
    }
}

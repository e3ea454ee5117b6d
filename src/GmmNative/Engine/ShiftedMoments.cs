using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using GmmNative.Interop;

namespace GmmNative;

/// <summary>
/// Weighted sums of lifted rows for each component, about the shift common to all. Features run down and components across, as the
/// products make them: the other way round, the operand to be rearranged would be the larger one.
/// </summary>
internal sealed class ShiftedMoments(FeatureMap map, int components) : IAccumulator<ShiftedMoments>
{
    private readonly AlignedBuffer<double> _sums = new(checked(components * map.Features));

    /// <summary>K: N_k, the sums of posteriors.</summary>
    public double[] Weights { get; } = new double[components];

    /// <summary>F x K: sums of posterior times lifted row.</summary>
    public Span<double> Sums => _sums.Span;

    /// <summary>Copies a component's D sums of rows.</summary>
    public void CopyFirst(int component, Span<double> first) => Copy(component, 0, first[..map.Dimension]);

    /// <summary>Copies a component's sums of products, in the order of the map.</summary>
    public void CopySecond(int component, Span<double> second) => Copy(component, map.Dimension, second[..map.Products]);

    public void Clear()
    {
        Weights.AsSpan().Clear();
        Sums.Clear();
    }

    public void Add(ShiftedMoments other)
    {
        TensorPrimitives.Add(Weights, other.Weights, Weights);
        TensorPrimitives.Add(Sums, other.Sums, Sums);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Copy(int component, int firstFeature, Span<double> result)
    {
        Span<double> sums = Sums;
        for (int f = 0; f < result.Length; f++)
        {
            result[f] = sums[((firstFeature + f) * components) + component];
        }
    }
}

using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using GmmNative.Expectation;
using GmmNative.Interop.Seam;
using GmmNative.Passes;

namespace GmmNative.Statistics;

/// <summary>
/// Weighted sums of lifted rows for each component, about the expansion point common to all. Features run down and components across, as
/// the products make them: the other way round, the operand to be rearranged would be the larger one.
/// </summary>
internal sealed class SharedOriginMoments(LiftedLayout layout, int components) : IAccumulator<SharedOriginMoments>
{
    private readonly AlignedBuffer<double> _sums = new(checked(components * layout.Features));

    /// <summary>K: N_k, the sums of posteriors.</summary>
    public double[] Weights { get; } = new double[components];

    /// <summary>F x K: sums of posterior times lifted row.</summary>
    public Span<double> Sums => _sums.Span;

    /// <summary>Copies a component's D sums of rows.</summary>
    public void CopyFirst(int component, Span<double> first) => Copy(component, 0, first[..layout.Dimension]);

    /// <summary>Copies a component's sums of products, in the order of the layout.</summary>
    public void CopySecond(int component, Span<double> second) => Copy(component, layout.Dimension, second[..layout.Products]);

    public void Clear()
    {
        Weights.AsSpan().Clear();
        Sums.Clear();
    }

    /// <inheritdoc/>
    /// <remarks>K weights; F x K sums.</remarks>
    public void VisitSums(ISumVisitor visitor)
    {
        visitor.Sums(Weights);
        visitor.Sums(Sums);
    }

    public void Add(SharedOriginMoments other)
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

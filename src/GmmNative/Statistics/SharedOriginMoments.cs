using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using GmmNative.Expectation;
using GmmNative.Interop.Seam;
using GmmNative.Passes;

namespace GmmNative.Statistics;

/// <summary>
/// The weighted sums of lifted rows of each component, about the common expansion point. Features are rows and components are columns,
/// because the transposed product would have to rearrange the larger operand.
/// </summary>
internal sealed class SharedOriginMoments(LiftedLayout layout, int components) : IAccumulator<SharedOriginMoments>
{
    private readonly AlignedBuffer<double> _sums = new(checked(components * layout.Features));

    /// <summary>The sums of posteriors, N_k, of the K components.</summary>
    public double[] Weights { get; } = new double[components];

    /// <summary>The sums of posteriors times lifted rows: F x K.</summary>
    public Span<double> Sums => _sums.Span;

    /// <summary>Copies the D sums of rows of a component.</summary>
    public void CopyFirst(int component, Span<double> first) => Copy(component, 0, first[..layout.Dimension]);

    /// <summary>Copies the second moments of a component, in the order of the layout; zeros if they are not features.</summary>
    public void CopySecond(int component, Span<double> second)
    {
        if (layout.Quadratic == QuadraticFeatures.None)
        {
            second[..layout.SecondMoments].Clear();
            return;
        }

        Copy(component, layout.Dimension, second[..layout.SecondMoments]);
    }

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

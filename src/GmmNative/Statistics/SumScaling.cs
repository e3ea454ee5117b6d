using System.Numerics.Tensors;
using GmmNative.Passes;

namespace GmmNative.Statistics;

/// <summary>Multiplies sums by a factor. Counts, minima and maxima do not change.</summary>
internal sealed class SumScaling(double factor) : ISumVisitor
{
    public void Counts(Span<long> counts)
    {
        // The number of counted rows does not depend on their weights.
    }

    public void Sums(Span<double> sums) => TensorPrimitives.Multiply(sums, factor, sums);

    public void Minima(Span<double> minima)
    {
        // The range of rows does not depend on their weights.
    }

    public void Maxima(Span<double> maxima)
    {
        // The range of rows does not depend on their weights.
    }
}

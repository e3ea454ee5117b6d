using System.Numerics.Tensors;
using GmmNative.Passes;

namespace GmmNative.Statistics;

/// <summary>Multiplies sums by a factor; counts stay what they are.</summary>
internal sealed class SumScaling(double factor) : ISumVisitor
{
    public void Counts(Span<long> counts)
    {
        // What was counted was counted, however much it weighs now.
    }

    public void Sums(Span<double> sums) => TensorPrimitives.Multiply(sums, factor, sums);

    public void Minima(Span<double> minima)
    {
        // The range of rows does not depend on their weight.
    }

    public void Maxima(Span<double> maxima)
    {
        // As the minima.
    }
}

using System.Numerics.Tensors;
using GmmNative.Expectation;
using GmmNative.Interop.Seam;
using GmmNative.Passes;

namespace GmmNative.Statistics;

/// <summary>
/// The weighted moments of each component about a separate origin: sums of weights, of rows and of the products that the structure keeps.
/// </summary>
internal sealed class OwnOriginMoments(LiftedLayout layout, int components) : IAccumulator<OwnOriginMoments>
{
    /// <summary>Groups up to this size are added including their upper triangles, in one call instead of one per row.</summary>
    private const int SmallGroup = 32;

    private readonly double[] _first = new double[checked(components * layout.Dimension)];
    private readonly AlignedBuffer<double> _squares = new(checked(components * layout.Squares));

    /// <summary>The sums of posteriors, N_k, of the K components.</summary>
    public double[] Weights { get; } = new double[components];

    /// <summary>Returns the D sums of rows of a component.</summary>
    public Span<double> First(int component) => _first.AsSpan(component * layout.Dimension, layout.Dimension);

    /// <summary>Returns the sums of products within a group of n coordinates: n x n, lower triangle; the rest is zero.</summary>
    public Span<double> Square(int component, int group)
    {
        int n = layout.Structure.GroupArrays[group].Length;
        return _squares.Span.Slice((component * layout.Squares) + layout.SquareStart(group), n * n);
    }

    /// <summary>Returns the sums of products within all groups of a component, one group after another.</summary>
    public Span<double> Squares(int component) => _squares.Span.Slice(component * layout.Squares, layout.Squares);

    public void Clear()
    {
        Weights.AsSpan().Clear();
        _first.AsSpan().Clear();
        _squares.Span.Clear();
    }

    /// <inheritdoc/>
    /// <remarks>K weights; K x D sums of rows; the squares of the groups of each component.</remarks>
    public void VisitSums(ISumVisitor visitor)
    {
        visitor.Sums(Weights);
        visitor.Sums(_first);
        visitor.Sums(_squares.Span);
    }

    public void Add(OwnOriginMoments other)
    {
        TensorPrimitives.Add(Weights, other.Weights, Weights);
        TensorPrimitives.Add(_first, other._first, _first);
        if (layout.LargestGroup <= SmallGroup)
        {
            TensorPrimitives.Add<double>(_squares.Span, other._squares.Span, _squares.Span);
            return;
        }

        for (int k = 0; k < components; k++)
        {
            for (int g = 0; g < layout.Structure.GroupArrays.Length; g++)
            {
                int n = layout.Structure.GroupArrays[g].Length;
                Span<double> sums = Square(k, g);
                ReadOnlySpan<double> more = other.Square(k, g);
                for (int i = 0; i < n; i++)
                {
                    Span<double> row = sums.Slice(i * n, i + 1);
                    TensorPrimitives.Add(row, more.Slice(i * n, i + 1), row);
                }
            }
        }
    }
}

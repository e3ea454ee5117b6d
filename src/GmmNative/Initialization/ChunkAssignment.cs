using System.Numerics.Tensors;
using GmmNative.Interop;

namespace GmmNative;

/// <summary>Nearest centroids of the rows of one chunk at a time; one thread's scratch.</summary>
internal sealed class ChunkAssignment
{
    private readonly Codebook _codebook;
    private readonly AlignedBuffer<double> _rows;
    private readonly AlignedBuffer<double> _products;
    private readonly int[] _labels;
    private readonly double[] _scores;
    private int _count;

    public ChunkAssignment(Codebook codebook, int chunkRows)
    {
        _codebook = codebook;
        Stride = Posteriors.PaddedWidth<double>(codebook.Clusters);
        _rows = new AlignedBuffer<double>(checked(chunkRows * codebook.Shift.Length));
        _products = new AlignedBuffer<double>(checked(chunkRows * Stride));
        _labels = new int[chunkRows];
        _scores = new double[codebook.Clusters];
    }

    /// <summary>Elements from one row of <see cref="Products"/> to the next.</summary>
    public int Stride { get; }

    /// <summary>The nearest centroid of each row last assigned, the first of equals.</summary>
    public ReadOnlySpan<int> Labels => _labels.AsSpan(0, _count);

    /// <summary>Count x D: the rows last assigned, less the shift.</summary>
    public ReadOnlySpan<double> Rows => _rows.Span[..(_count * _codebook.Shift.Length)];

    /// <summary>Count x K: products of the rows last multiplied with the centroids.</summary>
    public ReadOnlySpan<double> Products => _products.Span[..(_count * Stride)];

    /// <summary>Subtracts the shift from the rows and multiplies them with all centroids.</summary>
    public void Multiply(in RowChunk chunk)
    {
        int dimension = _codebook.Shift.Length;
        _count = chunk.Count;
        for (int r = 0; r < _count; r++)
        {
            TensorPrimitives.Subtract(chunk.Rows.Slice(r * dimension, dimension), _codebook.Shift, _rows.Span.Slice(r * dimension, dimension));
        }

        _codebook.Operations.MultiplyTransposed(_count, _rows.Span, dimension, _codebook.Packed, _products.Span, Stride);
    }

    /// <summary>Finds the nearest centroid of each row.</summary>
    public void Assign(in RowChunk chunk)
    {
        Multiply(chunk);
        for (int r = 0; r < _count; r++)
        {
            TensorPrimitives.Subtract(_products.Span.Slice(r * Stride, _scores.Length), _codebook.HalfSquares, _scores);
            _labels[r] = TensorPrimitives.IndexOfMax<double>(_scores);
        }
    }
}

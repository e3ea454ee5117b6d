using GmmNative.Interop;

namespace GmmNative;

/// <summary>Nearest centroids of the rows of one chunk at a time; one thread's scratch.</summary>
internal sealed class ChunkAssignment : IDisposable
{
    private readonly Codebook _codebook;
    private readonly AlignedBuffer<double> _rows;
    private readonly AlignedBuffer<double> _scores;
    private readonly int[] _labels;

    public ChunkAssignment(Codebook codebook, int chunkRows)
    {
        _codebook = codebook;
        RowStrips strips = codebook.Operations.Strips(chunkRows);
        Height = RowStrips.PaddedHeight(codebook.Clusters);
        _rows = codebook.Scratch.Rent<double>(strips.Length(codebook.Shift.Length));
        _scores = codebook.Scratch.Rent<double>(strips.Length(Height));
        _labels = new int[chunkRows];
    }

    /// <summary>The layout of the rows last scored.</summary>
    public RowStrips Strips { get; private set; }

    /// <summary>Values a row that <see cref="Scores"/> has room for.</summary>
    public int Height { get; }

    /// <summary>For each row last scored and each centroid c: x.c - |c|^2 / 2, in strips; x less the shift.</summary>
    public ReadOnlySpan<double> Scores => _scores.Span[..Strips.Length(Height)];

    /// <summary>The nearest centroid of each row last assigned, the first of equals.</summary>
    public ReadOnlySpan<int> Labels => _labels.AsSpan(0, Strips.Rows);

    /// <summary>Scores all centroids for each row.</summary>
    public void Score(in RowChunk chunk)
    {
        int dimension = _codebook.Shift.Length;
        Strips = _codebook.Operations.Strips(chunk.Count);
        StripLayout.FromRows(Strips, dimension, chunk.Rows, _codebook.Shift, _rows.Span);
        _codebook.Operations.MultiplyStrips(
            _codebook.Packed, Strips, _rows.Span[..Strips.Length(dimension)], dimension, _codebook.Bias, _scores.Span[..Strips.Length(Height)]);
    }

    /// <summary>Finds the nearest centroid of each row: the one of the largest score.</summary>
    public void Assign(in RowChunk chunk)
    {
        Score(chunk);
        StripLayout.LargestPlaces(Strips, _codebook.Clusters, Scores, Height, _labels);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _codebook.Scratch.Return(_rows);
        _codebook.Scratch.Return(_scores);
    }
}

using GmmNative.Files.Bytes;

namespace GmmNative.Files.Utterances;

/// <summary>A matrix that is a range of the bytes of a file.</summary>
/// <param name="bytes">The bytes of the file, which must contain the whole matrix.</param>
/// <param name="rowCount">The number of rows.</param>
/// <param name="dimension">D.</param>
internal abstract class MatrixSegment(ByteSource bytes, long rowCount, int dimension)
{
    /// <summary>The number of rows.</summary>
    public long RowCount => rowCount;

    /// <summary>The dimension, D.</summary>
    public int Dimension => dimension;

    /// <summary>The bytes of the file.</summary>
    protected ByteSource Bytes => bytes;

    /// <summary>Reads consecutive rows, which must exist.</summary>
    /// <param name="firstRow">The first row, from 0.</param>
    /// <param name="rows">Receives whole rows, row-major.</param>
    /// <exception cref="VectorDataException">The file can no longer be read.</exception>
    public abstract void Read(long firstRow, Span<double> rows);
}

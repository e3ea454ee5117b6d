using GmmNative.Files.Numbers;
using GmmNative.Files.Options;

namespace GmmNative.Files.Rows;

/// <summary>A vector source for a matrix in a mapped file. Only the requested rows are read and converted to double.</summary>
internal sealed class MappedVectorSource : IRandomAccessVectorSource
{
    // Limits the bytes of a slice, whose length is an int.
    private const int MaximumElementsAtOnce = 1 << 24;

    private readonly MappedFile _file;
    private readonly string _name;
    private readonly NpyElementType _type;
    private readonly bool _fortranOrder;
    private readonly long _offset;

    /// <summary>Creates the source and takes ownership of the file.</summary>
    /// <param name="file">The file, which must contain the whole matrix.</param>
    /// <param name="name">The name of the file in messages.</param>
    /// <param name="type">The number type.</param>
    /// <param name="fortranOrder">Whether the file contains column after column.</param>
    /// <param name="offset">The offset of the matrix in bytes.</param>
    /// <param name="count">T.</param>
    /// <param name="dimension">D.</param>
    public MappedVectorSource(MappedFile file, string name, NpyElementType type, bool fortranOrder, long offset, long count, int dimension)
    {
        _file = file;
        _name = name;
        _type = type;
        _fortranOrder = fortranOrder;
        _offset = offset;
        Count = count;
        Dimension = dimension;
    }

    /// <inheritdoc/>
    public int Dimension { get; }

    /// <inheritdoc/>
    public long Count { get; }

    /// <inheritdoc/>
    public long? RowCount => Count;

    /// <inheritdoc/>
    public void Read(long firstRow, Span<double> rows)
    {
        int count = RowRange.Check(this, firstRow, rows);
        using MappedFile.Lease bytes = _file.Borrow();
        if (_fortranOrder)
        {
            ReadColumns(bytes, firstRow, count, rows);
        }
        else
        {
            ReadRows(bytes, firstRow, rows[..(count * Dimension)]);
        }
    }

    /// <inheritdoc/>
    public string DescribeRow(long row) => $"{_name}, row {row + 1}";

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private void ReadRows(MappedFile.Lease bytes, long firstRow, Span<double> values)
    {
        long from = _offset + (firstRow * Dimension * _type.Size);
        while (values.Length > 0)
        {
            int n = Math.Min(values.Length, MaximumElementsAtOnce);
            NumberDecoder.Widen(bytes.Slice(from, n * _type.Size), _type, values);
            from += (long)n * _type.Size;
            values = values[n..];
        }
    }

    private void ReadColumns(MappedFile.Lease bytes, long firstRow, int count, Span<double> rows)
    {
        for (int start = 0; start < count; start += MaximumElementsAtOnce)
        {
            int n = Math.Min(count - start, MaximumElementsAtOnce);
            for (int column = 0; column < Dimension; column++)
            {
                long from = _offset + (((column * Count) + firstRow + start) * _type.Size);
                NumberDecoder.Widen(bytes.Slice(from, n * _type.Size), _type, rows[((start * Dimension) + column)..], Dimension);
            }
        }
    }
}

using System.Numerics;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace GmmNative.ML.Rows;

/// <summary>One pass over the vectors of a column.</summary>
/// <typeparam name="T">The type of the column's numbers.</typeparam>
internal sealed class DataViewVectorReader<T>(DataViewRowCursor cursor, DataViewSchema.Column column) : IVectorReader
    where T : unmanaged, INumberBase<T>
{
    private readonly ValueGetter<VBuffer<T>> _get = cursor.GetGetter<VBuffer<T>>(column);
    private readonly int _dimension = ((VectorDataViewType)column.Type).Size;
    private VBuffer<T> _vector;
    private bool _ended;

    public int Read(Span<double> rows)
    {
        int wanted = rows.Length / _dimension;
        for (int count = 0; count < wanted; count++)
        {
            if (!TryReadNext(rows.Slice(count * _dimension, _dimension)))
            {
                return count;
            }
        }

        return wanted;
    }

    /// <summary>Reads the next vector.</summary>
    /// <returns>False at the end.</returns>
    public bool TryReadNext<TTo>(Span<TTo> row)
        where TTo : unmanaged, INumberBase<TTo>
    {
        // Cursors of ML.NET must not be moved after the end.
        _ended = _ended || !cursor.MoveNext();
        if (_ended)
        {
            return false;
        }

        _get(ref _vector);
        RowValues.Copy(_vector, row, cursor.Position);
        return true;
    }

    public void Dispose() => cursor.Dispose();
}

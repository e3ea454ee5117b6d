namespace GmmNative.Files.Models;

/// <summary>
/// Maps the elements of a column-major array, in file order, to their positions in the row-major array.
/// </summary>
internal sealed class ColumnMajorPlaces
{
    private readonly long[] _shape;
    private readonly int[] _strides;
    private readonly int[] _index;
    private int _place;

    /// <summary>Starts with the first element.</summary>
    /// <param name="shape">The shape. The number of elements fits in an array.</param>
    public ColumnMajorPlaces(long[] shape)
    {
        _shape = shape;
        _index = new int[shape.Length];
        _strides = new int[shape.Length];
        int stride = 1;
        for (int axis = shape.Length - 1; axis >= 0; axis--)
        {
            _strides[axis] = stride;
            stride = (int)(stride * shape[axis]);
        }
    }

    /// <summary>Returns the position of the next element.</summary>
    public int Next()
    {
        int place = _place;
        for (int axis = 0; axis < _shape.Length; axis++)
        {
            _place += _strides[axis];
            if (++_index[axis] < _shape[axis])
            {
                break;
            }

            _place -= _index[axis] * _strides[axis];
            _index[axis] = 0;
        }

        return place;
    }
}

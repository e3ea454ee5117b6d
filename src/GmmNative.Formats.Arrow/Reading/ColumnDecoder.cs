using System.Numerics;
using Apache.Arrow;

namespace GmmNative.Formats.Arrow.Reading;

/// <summary>Converts columns of a record batch to rows.</summary>
internal static class ColumnDecoder
{
    /// <summary>Decodes a coordinate of some rows.</summary>
    /// <param name="array">The column.</param>
    /// <param name="element">The element of the lists in the column, or -1 if the column contains numbers.</param>
    /// <param name="first">The first row.</param>
    /// <param name="rows">Receives the numbers, from its first element on. A null becomes NaN.</param>
    /// <param name="dimension">D, the distance of two numbers in <paramref name="rows"/>.</param>
    /// <param name="count">The number of rows.</param>
    public static void Decode(IArrowArray array, int element, int first, Span<double> rows, int dimension, int count)
    {
        if (element < 0)
        {
            DecodeNumbers(array, first, 1, rows, dimension, count);
            return;
        }

        FixedSizeListArray lists = (FixedSizeListArray)array;
        int size = ((Apache.Arrow.Types.FixedSizeListType)lists.Data.DataType).ListSize;
        DecodeNumbers(lists.Values, checked(((lists.Offset + first) * size) + element), size, rows, dimension, count);
        for (int i = 0; i < count; i++)
        {
            if (lists.IsNull(first + i))
            {
                rows[i * dimension] = double.NaN;
            }
        }
    }

    private static void DecodeNumbers(IArrowArray array, int first, int step, Span<double> rows, int dimension, int count)
    {
        switch (array)
        {
            case DoubleArray a: Fill<double>(a.Values, first, step, rows, dimension, count); break;
            case FloatArray a: Fill<float>(a.Values, first, step, rows, dimension, count); break;
            case HalfFloatArray a: Fill<Half>(a.Values, first, step, rows, dimension, count); break;
            case Int8Array a: Fill<sbyte>(a.Values, first, step, rows, dimension, count); break;
            case Int16Array a: Fill<short>(a.Values, first, step, rows, dimension, count); break;
            case Int32Array a: Fill<int>(a.Values, first, step, rows, dimension, count); break;
            case Int64Array a: Fill<long>(a.Values, first, step, rows, dimension, count); break;
            case UInt8Array a: Fill<byte>(a.Values, first, step, rows, dimension, count); break;
            case UInt16Array a: Fill<ushort>(a.Values, first, step, rows, dimension, count); break;
            case UInt32Array a: Fill<uint>(a.Values, first, step, rows, dimension, count); break;
            case UInt64Array a: Fill<ulong>(a.Values, first, step, rows, dimension, count); break;
            case BooleanArray a: FillBits(a, first, step, rows, dimension, count); break;
            default: throw new InvalidDataException("a record batch differs from the schema.");
        }

        if (((Apache.Arrow.Array)array).NullCount == 0)
        {
            return;
        }

        for (int i = 0; i < count; i++)
        {
            if (array.IsNull(first + (i * step)))
            {
                rows[i * dimension] = double.NaN;
            }
        }
    }

    private static void Fill<T>(ReadOnlySpan<T> values, int first, int step, Span<double> rows, int dimension, int count)
        where T : unmanaged, INumberBase<T>
    {
        for (int i = 0; i < count; i++)
        {
            rows[i * dimension] = double.CreateTruncating(values[first + (i * step)]);
        }
    }

    private static void FillBits(BooleanArray bits, int first, int step, Span<double> rows, int dimension, int count)
    {
        ReadOnlySpan<byte> values = bits.Values;
        for (int i = 0; i < count; i++)
        {
            rows[i * dimension] = BitUtility.GetBit(values, bits.Offset + first + (i * step)) ? 1 : 0;
        }
    }
}

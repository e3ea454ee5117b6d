using System.Numerics.Tensors;

namespace GmmNative.Data;

/// <summary>Finds values that are not finite.</summary>
internal static class FiniteCheck
{
    /// <summary>Returns the index of the first value that is NaN or infinite, or -1.</summary>
    public static int IndexOfNonFinite(ReadOnlySpan<double> values)
    {
        // The largest magnitude is NaN or infinite exactly when some value is. Only then is the slower search needed.
        if (values.IsEmpty || double.IsFinite(TensorPrimitives.MaxMagnitude(values)))
        {
            return -1;
        }

        for (int i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i]))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Returns the index of the first infinite value, or -1. NaN, a missing value, does not count.</summary>
    public static int IndexOfInfinite(ReadOnlySpan<double> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (double.IsInfinity(values[i]))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Returns the index of the first value that is infinite, or NaN unless values may be missing, or -1.</summary>
    /// <param name="values">The values.</param>
    /// <param name="policy">What happens to missing values.</param>
    public static int IndexOfNotUsable(ReadOnlySpan<double> values, MissingValues policy)
    {
        int index = IndexOfNonFinite(values);
        return index >= 0 && policy != MissingValues.Error ? IndexOfInfinite(values) : index;
    }

    /// <summary>
    /// Throws if a value is infinite, or NaN unless the source says what to do with missing values. The message names its row and column.
    /// </summary>
    /// <exception cref="VectorDataException">A value cannot be used.</exception>
    public static void ThrowIfNotUsable(IVectorSource source, ReadOnlySpan<double> rows, long firstRow)
    {
        int index = IndexOfNotUsable(rows, source.MissingValues);
        if (index >= 0)
        {
            throw NotFinite(source, firstRow + (index / source.Dimension), index % source.Dimension, rows[index]);
        }
    }

    /// <summary>Creates the exception for a value that is not finite.</summary>
    public static VectorDataException NotFinite(IVectorSource source, long row, int column, double value) =>
        NotFinite($"{source.DescribeRow(row)}, {source.DescribeColumn(column)}", value);

    /// <summary>Creates the exception for a value that is not finite.</summary>
    public static VectorDataException NotFinite(string place, double value)
    {
        string what = double.IsNaN(value) ? "not a number (NaN)" : "infinite";
        return new VectorDataException($"{place} is {what}: remove the row or replace the value.");
    }
}

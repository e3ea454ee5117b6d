using System.Numerics.Tensors;

namespace GmmNative.Data;

/// <summary>Looks for values that are not finite numbers.</summary>
internal static class FiniteCheck
{
    /// <summary>The place of the first value that is NaN or infinite, or -1.</summary>
    public static int IndexOfNonFinite(ReadOnlySpan<double> values)
    {
        // The largest magnitude is NaN or infinite exactly when some value is; only then is it worth looking for which.
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

    /// <summary>Throws for a value that is not finite, with its place.</summary>
    /// <exception cref="VectorDataException">There is one.</exception>
    public static void ThrowIfNonFinite(IVectorSource source, ReadOnlySpan<double> rows, long firstRow)
    {
        int index = IndexOfNonFinite(rows);
        if (index >= 0)
        {
            throw NotFinite(source, firstRow + (index / source.Dimension), index % source.Dimension, rows[index]);
        }
    }

    /// <summary>The exception for a value that is not finite.</summary>
    public static VectorDataException NotFinite(IVectorSource source, long row, int column, double value) =>
        NotFinite($"{source.DescribeRow(row)}, {source.DescribeColumn(column)}", value);

    /// <summary>The exception for a value that is not finite.</summary>
    public static VectorDataException NotFinite(string place, double value)
    {
        string what = double.IsNaN(value) ? "not a number (NaN)" : "infinite";
        return new VectorDataException($"{place} is {what}: remove the row or replace the value.");
    }
}

using GmmNative.ML.Schema;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace GmmNative.ML.Rows;

/// <summary>Opens columns of a data view for training.</summary>
internal static class DataViewRows
{
    private const long BytesPerMegabyte = 1 << 20;

    /// <summary>Returns the vectors of a column: in memory if they fit, otherwise read again in each pass.</summary>
    /// <param name="data">The data view.</param>
    /// <param name="column">The column.</param>
    /// <param name="cacheMegabytes">The maximum size of rows in memory.</param>
    public static IVectorSource Open(IDataView data, FeatureColumn column, int cacheMegabytes)
    {
        long budget = cacheMegabytes * BytesPerMegabyte;
        return column.IsDouble
            ? CachedRows.TryRead<double>(data, column, budget) ?? (IVectorSource)new DataViewVectorSource<double>(data, column)
            : CachedRows.TryRead<float>(data, column, budget) ?? (IVectorSource)new DataViewVectorSource<float>(data, column);
    }

    /// <summary>Reads the weights of all rows.</summary>
    /// <param name="data">The data view.</param>
    /// <param name="column">The column of weights, of type Single or Double.</param>
    public static double[] ReadWeights(IDataView data, DataViewSchema.Column column)
    {
        List<double> weights = new((int)Math.Min(data.GetRowCount() ?? 0, Array.MaxLength));
        using DataViewRowCursor cursor = data.GetRowCursor([column]);
        if (column.Type == NumberDataViewType.Double)
        {
            ValueGetter<double> get = cursor.GetGetter<double>(column);
            double weight = 0;
            while (cursor.MoveNext())
            {
                get(ref weight);
                weights.Add(weight);
            }
        }
        else
        {
            ValueGetter<float> get = cursor.GetGetter<float>(column);
            float weight = 0;
            while (cursor.MoveNext())
            {
                get(ref weight);
                weights.Add(weight);
            }
        }

        return [.. weights];
    }
}

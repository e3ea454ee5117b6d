using System.Numerics;

namespace GmmNative;

/// <summary>Keeps each row's most likely component, the first of equals, and its log-density.</summary>
internal sealed class LabelSink(int components, int[] labels, double[] logDensityOfRows) : IRowSink
{
    public void Take<T>(long firstRow, ReadOnlySpan<double> logDensities, ReadOnlySpan<T> posteriors, int stride)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        logDensities.CopyTo(logDensityOfRows.AsSpan((int)firstRow));
        for (int r = 0; r < logDensities.Length; r++)
        {
            ReadOnlySpan<T> row = posteriors.Slice(r * stride, components);
            int best = 0;
            for (int k = 1; k < row.Length; k++)
            {
                best = row[k] > row[best] ? k : best;
            }

            labels[firstRow + r] = best;
        }
    }
}

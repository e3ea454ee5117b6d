using System.Numerics;
using GmmNative.Interop.Kernels;
using GmmNative.Interop.Seam;

namespace GmmNative.Scoring;

/// <summary>
/// Stores the most probable component of each row, the first if several are equally probable, and its log-density; -1 and NaN for rows that
/// are left out.
/// </summary>
internal sealed class LabelSink(int components, int[] labels, double[] logDensityOfRows) : IRowSink
{
    public void Take<T>(long firstRow, ReadOnlySpan<double> logDensities, ReadOnlyStripMatrix<T> posteriors)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        logDensities.CopyTo(logDensityOfRows.AsSpan((int)firstRow));
        StripLayout.LargestPlaces(posteriors, components, labels.AsSpan((int)firstRow));
        LeftOutRows.Mark(logDensities, labels.AsSpan((int)firstRow));
    }
}

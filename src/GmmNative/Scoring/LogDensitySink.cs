using System.Numerics;
using GmmNative.Interop.Seam;

namespace GmmNative.Scoring;

/// <summary>Stores log-densities.</summary>
internal sealed class LogDensitySink(double[] result) : IRowSink
{
    public void Take<T>(long firstRow, ReadOnlySpan<double> logDensities, ReadOnlyStripMatrix<T> posteriors)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => logDensities.CopyTo(result.AsSpan((int)firstRow));
}

using System.Numerics;
using GmmNative.Interop;

namespace GmmNative.Scoring;

/// <summary>Keeps log-densities.</summary>
internal sealed class LogDensitySink(double[] result) : IRowSink
{
    public void Take<T>(long firstRow, ReadOnlySpan<double> logDensities, RowStrips strips, ReadOnlySpan<T> posteriors, int height)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => logDensities.CopyTo(result.AsSpan((int)firstRow));
}

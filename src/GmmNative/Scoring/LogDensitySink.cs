using System.Numerics;

namespace GmmNative;

/// <summary>Keeps log-densities.</summary>
internal sealed class LogDensitySink(double[] result) : IRowSink
{
    public void Take<T>(long firstRow, ReadOnlySpan<double> logDensities, ReadOnlySpan<T> posteriors, int stride)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => logDensities.CopyTo(result.AsSpan((int)firstRow));
}

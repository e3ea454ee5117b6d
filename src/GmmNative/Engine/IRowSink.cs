using System.Numerics;

namespace GmmNative;

/// <summary>Takes the E-step's results row by row; called from several threads, each with other rows.</summary>
internal interface IRowSink
{
    /// <summary>Takes the results of consecutive rows.</summary>
    /// <param name="firstRow">The first one's place in the data set, from 0.</param>
    /// <param name="logDensities">One a row, nats.</param>
    /// <param name="posteriors">K a row, <paramref name="stride"/> apart.</param>
    /// <param name="stride">Elements from row to row.</param>
    void Take<T>(long firstRow, ReadOnlySpan<double> logDensities, ReadOnlySpan<T> posteriors, int stride)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}

using System.Numerics;
using GmmNative.Interop.Seam;

namespace GmmNative.Scoring;

/// <summary>Takes the E-step's results row by row; called from several threads, each with other rows.</summary>
internal interface IRowSink
{
    /// <summary>Takes the results of consecutive rows.</summary>
    /// <param name="firstRow">The first one's place in the data set, from 0.</param>
    /// <param name="logDensities">One a row, nats.</param>
    /// <param name="posteriors">K a row, in strips.</param>
    void Take<T>(long firstRow, ReadOnlySpan<double> logDensities, ReadOnlyStripMatrix<T> posteriors)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}

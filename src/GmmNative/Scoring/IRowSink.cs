using System.Numerics;
using GmmNative.Interop.Seam;

namespace GmmNative.Scoring;

/// <summary>Receives the results of the E-step for rows. Called from several threads, each with different rows.</summary>
internal interface IRowSink
{
    /// <summary>Receives the results of consecutive rows.</summary>
    /// <param name="firstRow">The index of the first row in the data set, from 0.</param>
    /// <param name="logDensities">One log-density per row, in nats.</param>
    /// <param name="posteriors">K posteriors per row, in strips.</param>
    void Take<T>(long firstRow, ReadOnlySpan<double> logDensities, ReadOnlyStripMatrix<T> posteriors)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}

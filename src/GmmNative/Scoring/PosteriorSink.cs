using System.Numerics;
using CommunityToolkit.HighPerformance;
using GmmNative.Interop.Seam;

namespace GmmNative.Scoring;

/// <summary>Stores posteriors: T x K.</summary>
internal sealed class PosteriorSink(double[,] result) : IRowSink
{
    public void Take<T>(long firstRow, ReadOnlySpan<double> logDensities, ReadOnlyStripMatrix<T> posteriors)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int r = 0; r < logDensities.Length; r++)
        {
            StripRow.Read(posteriors, r, result.GetRowSpan((int)firstRow + r));
        }
    }
}

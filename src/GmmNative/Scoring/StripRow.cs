using System.Numerics;
using GmmNative.Interop.Seam;

namespace GmmNative.Scoring;

/// <summary>Reads rows from strips.</summary>
internal static class StripRow
{
    /// <summary>Reads the values of one row.</summary>
    /// <param name="values">The strips.</param>
    /// <param name="row">The row, from 0.</param>
    /// <param name="to">Receives the values; its length is the number of values to read.</param>
    public static void Read<T>(ReadOnlyStripMatrix<T> values, int row, Span<double> to)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        RowStrips strips = values.Strips;
        ReadOnlySpan<T> from = values.Values[strips.Offset(row, values.Height)..];
        for (int i = 0; i < to.Length; i++)
        {
            to[i] = double.CreateTruncating(from[i * strips.Width]);
        }
    }
}

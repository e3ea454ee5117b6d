using System.Numerics;
using GmmNative.Interop;

namespace GmmNative.Scoring;

/// <summary>Reads rows out of strips.</summary>
internal static class StripRow
{
    /// <summary>Reads the values of one row.</summary>
    /// <param name="strips">The layout.</param>
    /// <param name="row">The row, from 0.</param>
    /// <param name="values">The strips.</param>
    /// <param name="height">Values a row that the strips have room for.</param>
    /// <param name="to">Receives as many values as it holds.</param>
    public static void Read<T>(RowStrips strips, int row, ReadOnlySpan<T> values, int height, Span<double> to)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ReadOnlySpan<T> from = values[strips.Offset(row, height)..];
        for (int i = 0; i < to.Length; i++)
        {
            to[i] = double.CreateTruncating(from[i * strips.Width]);
        }
    }
}

namespace GmmNative.Scoring;

/// <summary>Rows with missing values that are left out: their log-density is NaN.</summary>
internal static class LeftOutRows
{
    /// <summary>The label of a row that is left out.</summary>
    public const int Label = -1;

    /// <summary>Replaces the labels, or other integers, of rows that are left out.</summary>
    /// <param name="logDensities">One log-density per row.</param>
    /// <param name="labels">One label per row.</param>
    public static void Mark(ReadOnlySpan<double> logDensities, Span<int> labels)
    {
        for (int r = 0; r < logDensities.Length; r++)
        {
            labels[r] = double.IsNaN(logDensities[r]) ? Label : labels[r];
        }
    }
}

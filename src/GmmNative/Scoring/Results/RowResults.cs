namespace GmmNative.Scoring.Results;

/// <summary>The results of consecutive rows; those that were not asked for are empty.</summary>
internal readonly ref struct RowResults
{
    /// <summary>The first row's place in the data set, from 0.</summary>
    public required long FirstRow { get; init; }

    /// <summary>One number per row, nats.</summary>
    public required ReadOnlySpan<double> LogDensities { get; init; }

    /// <summary>K numbers per row, row after row.</summary>
    public ReadOnlySpan<double> Posteriors { get; init; }

    /// <summary>One label per row.</summary>
    public ReadOnlySpan<int> Labels { get; init; }

    /// <summary>As many numbers per row as coordinates were not given, row after row.</summary>
    public ReadOnlySpan<double> Regression { get; init; }

    /// <summary>The number of rows.</summary>
    public int Count => LogDensities.Length;
}

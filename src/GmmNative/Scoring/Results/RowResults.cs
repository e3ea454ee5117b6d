namespace GmmNative.Scoring.Results;

/// <summary>The results of consecutive rows. Results that were not requested are empty.</summary>
internal readonly ref struct RowResults
{
    /// <summary>The index of the first row in the data set, from 0.</summary>
    public required long FirstRow { get; init; }

    /// <summary>The number of rows.</summary>
    public required int Count { get; init; }

    /// <summary>One log-density or log-likelihood ratio per row, in nats.</summary>
    public ReadOnlySpan<double> LogDensities { get; init; }

    /// <summary>K posteriors per row, row-major.</summary>
    public ReadOnlySpan<double> Posteriors { get; init; }

    /// <summary>One label per row.</summary>
    public ReadOnlySpan<int> Labels { get; init; }

    /// <summary>One number per row and predicted coordinate, row-major.</summary>
    public ReadOnlySpan<double> Regression { get; init; }

    /// <summary>The conditional covariance of each row, Y x Y, row-major.</summary>
    public ReadOnlySpan<double> RegressionCovariances { get; init; }

    /// <summary>C components and C probabilities per row, row-major.</summary>
    public ReadOnlySpan<double> LargestPosteriors { get; init; }

    /// <summary>1 or 0 per row.</summary>
    public ReadOnlySpan<int> Anomalies { get; init; }

    /// <summary>D coordinates per row, row-major.</summary>
    public ReadOnlySpan<double> Rows { get; init; }
}

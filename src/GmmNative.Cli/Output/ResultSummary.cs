namespace GmmNative.Cli.Output;

/// <summary>What is said of results once they are written.</summary>
/// <param name="Rows">The number of rows.</param>
/// <param name="TotalLogDensity">The sum of the rows' log-densities, nats.</param>
/// <param name="ComponentsSeen">The number of components that are the most likely one of some row, where labels were written.</param>
internal readonly record struct ResultSummary(long Rows, double TotalLogDensity, int ComponentsSeen)
{
    /// <summary>The average log-density of a row, nats.</summary>
    public double AverageLogDensity => TotalLogDensity / Rows;
}

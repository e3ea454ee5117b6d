namespace GmmNative.Cli.Output;

/// <summary>A summary of results that have been written.</summary>
/// <param name="Rows">The number of rows.</param>
/// <param name="TotalWeight">The sum of the weights of the rows that are not left out; their number if they have no weights.</param>
/// <param name="TotalLogDensity">The weighted sum of the log-densities or log-likelihood ratios of the rows, in nats.</param>
/// <param name="ComponentsSeen">The number of components that are the most probable one of some row, if labels were written.</param>
/// <param name="Anomalies">The number of rows below the threshold, if there is one.</param>
/// <param name="LeftOut">The number of rows that are left out because of missing values.</param>
internal readonly record struct ResultSummary(
    long Rows, double TotalWeight, double TotalLogDensity, int ComponentsSeen, long Anomalies, long LeftOut)
{
    /// <summary>The weighted average of the log-densities or log-likelihood ratios, in nats.</summary>
    public double AverageLogDensity => TotalLogDensity / TotalWeight;
}

namespace GmmNative;

/// <summary>A fitted model and how it came about.</summary>
public sealed record GmmFitResult
{
    /// <summary>The fitted model.</summary>
    public required GaussianMixture Model { get; init; }

    /// <summary>
    /// Log-likelihood of all rows in the last E-step, that is, under the model before the last update; nats. Where the log-likelihood fell
    /// and the best model
    /// seen is the result, that model's own.
    /// </summary>
    public required double TotalLogLikelihood { get; init; }

    /// <summary>T.</summary>
    public required long RowCount { get; init; }

    /// <summary><see cref="TotalLogLikelihood"/> by row, nats.</summary>
    public double AverageLogLikelihood => TotalLogLikelihood / RowCount;

    /// <summary>Posteriors under the fitted model, T x K, if they were asked for.</summary>
    public double[,]? Posterior { get; init; }

    /// <summary>The complete iterations, in order.</summary>
    public required IReadOnlyList<EmIteration> History { get; init; }

    /// <summary>Why EM ended.</summary>
    public required StopReason StopReason { get; init; }

    /// <summary>How long finding the starting model took, with the first pass over the rows.</summary>
    public TimeSpan InitializationTime { get; init; }

    /// <summary>How long the EM iterations took.</summary>
    public TimeSpan EmTime { get; init; }

    /// <summary>What was floored, what was empty, what computed.</summary>
    public required GmmDiagnostics Diagnostics { get; init; }
}

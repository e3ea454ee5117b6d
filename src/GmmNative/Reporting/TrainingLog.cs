using Microsoft.Extensions.Logging;

namespace GmmNative.Reporting;

/// <summary>The events that a training writes to an <see cref="ILogger"/>, with stable numbers and named values.</summary>
internal static partial class TrainingLog
{
    [LoggerMessage(
        EventId = 1, Level = LogLevel.Information,
        Message = "Training {Components} components on {Rows} rows of dimension {Dimension}, on {Backend}, {Threads} threads.")]
    public static partial void TrainingStarted(this ILogger logger, int components, long rows, int dimension, string backend, int threads);

    [LoggerMessage(
        EventId = 2, Level = LogLevel.Debug,
        Message = "Start, {Components} components, iteration {Iteration}: average squared distance {AverageDistance}, {Milliseconds} ms.")]
    public static partial void StartIterationCompleted(
        this ILogger logger, int components, int iteration, double averageDistance, double milliseconds);

    [LoggerMessage(
        EventId = 3, Level = LogLevel.Debug,
        Message = "Iteration {Iteration}: average log-likelihood {AverageLogLikelihood} nats, {Milliseconds} ms.")]
    public static partial void IterationCompleted(this ILogger logger, int iteration, double averageLogLikelihood, double milliseconds);

    [LoggerMessage(
        EventId = 4, Level = LogLevel.Information,
        Message = "Training ended ({StopReason}) after {Iterations} iterations: average log-likelihood {AverageLogLikelihood} nats, "
            + "{Seconds} s.")]
    public static partial void TrainingEnded(
        this ILogger logger, string stopReason, int iterations, double averageLogLikelihood, double seconds);

    [LoggerMessage(EventId = 5, Level = LogLevel.Warning, Message = "{Warning}")]
    public static partial void TrainingWarning(this ILogger logger, string warning);
}

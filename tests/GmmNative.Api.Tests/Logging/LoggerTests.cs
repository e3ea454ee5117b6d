using GmmNative.Api.Tests.Support;
using Microsoft.Extensions.Logging;
using Xunit;

namespace GmmNative.Api.Tests.Logging;

/// <summary>Logging of a training: numbered events with named values. Logging does not change the model.</summary>
public sealed class LoggerTests
{
    [Fact]
    public void Fit_WithLogger_WritesEvents()
    {
        ListLogger logger = new(LogLevel.Debug);
        GmmFitResult result = new GaussianMixtureTrainer(2, Samples.Options with { Logger = logger }).Fit(Samples.Matrix);
        Assert.Equal(Samples.Model.Means.ToArray(), result.Model.Means.ToArray());
        Assert.Equal(1, logger.Events[0].Id.Id);
        Assert.Equal(2, logger.Events[0].Values["Components"]);
        Assert.Equal(500L, logger.Events[0].Values["Rows"]);
        List<ListLogger.Event> iterations = [.. logger.Events.Where(e => e.Id.Id == 3)];
        Assert.Equal(result.History.Select(i => (object?)i.AverageLogLikelihood), iterations.Select(e => e.Values["AverageLogLikelihood"]));
        ListLogger.Event end = Assert.Single(logger.Events, e => e.Id.Id == 4);
        Assert.Equal(LogLevel.Information, end.Level);
        Assert.Equal(result.StopReason.ToString(), end.Values["StopReason"]);
        Assert.StartsWith("Training ended (", end.Message, StringComparison.Ordinal);
        Assert.Equal(result.Diagnostics.Warnings, logger.Events.Where(e => e.Level == LogLevel.Warning).Select(e => e.Message));
    }

    [Fact]
    public void Fit_Warning_IsAnEvent()
    {
        ListLogger logger = new(LogLevel.Warning);
        double[,] rows = { { 1 }, { 1 }, { 2 }, { 2 } };
        GmmFitResult result = new GaussianMixtureTrainer(3, new GmmOptions { Logger = logger }).Fit(rows);
        Assert.NotEmpty(result.Diagnostics.Warnings);
        Assert.Equal(result.Diagnostics.Warnings, logger.Events.Select(e => e.Message));
        Assert.All(logger.Events, e => Assert.Equal((5, LogLevel.Warning), (e.Id.Id, e.Level)));
    }

    [Fact]
    public void Warmup_WithLogger_WritesItsIterations()
    {
        ListLogger logger = new(LogLevel.Debug);
        new GaussianMixtureModeling(Samples.Dimension - 1, 2, new GmmOptions { Logger = logger }).Warmup(Samples.Matrix);
        Assert.NotEmpty(logger.Events);
        Assert.All(logger.Events, e => Assert.Equal((2, LogLevel.Debug), (e.Id.Id, e.Level)));
    }

    /// <summary>Stores log events.</summary>
    private sealed class ListLogger(LogLevel lowest) : ILogger
    {
        public List<Event> Events { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= lowest;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Events.Add(new Event(
                logLevel, eventId, formatter(state, exception),
                ((IEnumerable<KeyValuePair<string, object?>>)state!).ToDictionary(pair => pair.Key, pair => pair.Value)));

        public sealed record Event(LogLevel Level, EventId Id, string Message, Dictionary<string, object?> Values);
    }
}

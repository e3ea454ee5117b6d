using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace GmmNative.Neighbors.Tests;

/// <summary>Keeps all entries.</summary>
internal sealed class RecordingLogger : ILogger<GaussianMixtureProvider>
{
    public ConcurrentQueue<(LogLevel Level, string Text)> Entries { get; } = new();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Entries.Enqueue((logLevel, formatter(state, exception)));
}

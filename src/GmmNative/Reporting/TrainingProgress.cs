using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging;

namespace GmmNative.Reporting;

/// <summary>
/// Reports the progress of a training: to an <see cref="IProgress{T}"/>, to a log as lines, and to a logger as events. Calls are
/// serialized, even if several threads report.
/// </summary>
internal sealed class TrainingProgress
{
    private static readonly TimeSpan LeastInterval = TimeSpan.FromMilliseconds(100);

    private readonly IProgress<EmIteration>? _progress;
    private readonly TextWriter? _log;
    private readonly ILogger? _logger;
    private readonly long? _rowCount;
    private readonly Lock _lock = new();
    private readonly Stopwatch _watch = new();
    private EmIteration? _current;
    private long _rows;
    private TimeSpan _lastNews;

    /// <summary>Creates a reporter.</summary>
    /// <param name="progress">Receives reports, or <see langword="null"/>.</param>
    /// <param name="verbosity">How much is reported.</param>
    /// <param name="log">Receives lines, or <see langword="null"/>.</param>
    /// <param name="rowCount">T if it is known.</param>
    /// <param name="logger">Receives events, or <see langword="null"/>.</param>
    public TrainingProgress(IProgress<EmIteration>? progress, Verbosity verbosity, TextWriter? log, long? rowCount, ILogger? logger = null)
    {
        _progress = progress;
        _log = verbosity == Verbosity.Silent ? null : log;
        _logger = logger;
        _rowCount = rowCount;
        RowCounter = verbosity == Verbosity.Progress && progress is not null ? AddRows : null;
    }

    /// <summary>A reporter that reports nothing.</summary>
    public static TrainingProgress None => new(null, Verbosity.Silent, null, null);

    /// <summary>
    /// Receives the number of rows of each completed chunk; <see langword="null"/> if reports from within iterations are not needed.
    /// </summary>
    public Action<int>? RowCounter { get; }

    /// <summary>Begins an iteration.</summary>
    public void Start(TrainingPhase phase, int iteration, int limit, int components)
    {
        lock (_lock)
        {
            _rows = 0;
            _lastNews = TimeSpan.Zero;
            _watch.Restart();
            _current = new EmIteration
            {
                Phase = phase,
                Iteration = iteration,
                IterationLimit = limit,
                Components = components,
                IsComplete = false,
                Rows = 0,
                RowCount = _rowCount,
                Elapsed = TimeSpan.Zero,
            };
        }
    }

    /// <summary>Completes an iteration of the initialization.</summary>
    public void CompleteInitialization(double averageDistance, long rows) =>
        Complete(_current! with { AverageDistance = averageDistance, Rows = rows });

    /// <summary>Completes an iteration of EM, and returns its record without the model.</summary>
    public EmIteration CompleteEm(double totalLogLikelihood, long rows, double totalWeight, GaussianMixture model, bool isRejected) =>
        Complete(
            _current! with { TotalLogLikelihood = totalLogLikelihood, Rows = rows, TotalWeight = totalWeight, IsRejected = isRejected },
            model);

    private EmIteration Complete(EmIteration iteration, GaussianMixture? model = null)
    {
        lock (_lock)
        {
            iteration = iteration with { IsComplete = true, RowCount = iteration.Rows, Elapsed = _watch.Elapsed };
            _progress?.Report(iteration with { Model = model });
            if (iteration.Phase == TrainingPhase.Initialization)
            {
                _logger?.StartIterationCompleted(
                    iteration.Components, iteration.Iteration, iteration.AverageDistance, iteration.Elapsed.TotalMilliseconds);
            }
            else
            {
                _logger?.IterationCompleted(iteration.Iteration, iteration.AverageLogLikelihood, iteration.Elapsed.TotalMilliseconds);
                string rejected = iteration.IsRejected ? ", rejected" : "";
                _log?.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"iteration {iteration.Iteration}: average log-likelihood {iteration.AverageLogLikelihood:G9} nats{rejected}"));
            }

            return iteration;
        }
    }

    private void AddRows(int count)
    {
        lock (_lock)
        {
            _rows += count;
            TimeSpan elapsed = _watch.Elapsed;
            if (elapsed - _lastNews >= LeastInterval)
            {
                _lastNews = elapsed;
                _progress!.Report(_current! with { Rows = _rows, Elapsed = elapsed });
            }
        }
    }
}

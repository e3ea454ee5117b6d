using System.Diagnostics;

namespace GmmNative.Cli.Training;

/// <summary>Records the progress of a training and its last complete model, and forwards the progress reports. Thread-safe.</summary>
internal sealed class TrainingRecorder
{
    // From this number of covariance entries on, the garbage of the iterations would fill the memory long before the next collection.
    private const int LargeModel = 8_000_000;

    private readonly Lock _lock = new();
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly List<EmIteration> _history = [];
    private GaussianMixture? _model;

    /// <summary>The time before the first EM iteration. It is known when that iteration is complete.</summary>
    public TimeSpan InitializationTime { get; private set; }

    /// <summary>The time of EM so far.</summary>
    public TimeSpan EmTime => _clock.Elapsed - InitializationTime;

    /// <summary>Returns a progress handler that records reports and forwards them to <paramref name="next"/>.</summary>
    public IProgress<EmIteration> Before(IProgress<EmIteration> next) => new Tap(this, next);

    /// <summary>
    /// Returns the last complete model and the iterations that led to it, or <see langword="null"/> before the first complete iteration.
    /// </summary>
    public (GaussianMixture Model, IReadOnlyList<EmIteration> History)? Last()
    {
        lock (_lock)
        {
            return _model is null ? null : (_model, [.. _history]);
        }
    }

    private void Add(EmIteration iteration)
    {
        if (iteration is { Phase: TrainingPhase.Em, IsComplete: true, Model: { } model })
        {
            lock (_lock)
            {
                if (_model is null)
                {
                    InitializationTime = _clock.Elapsed - iteration.Elapsed;
                }

                _model = model;
                _history.Add(iteration with { Model = null });
            }

            if (model.Covariances.Length >= LargeModel)
            {
                GC.Collect();
            }
        }
    }

    private sealed class Tap(TrainingRecorder recorder, IProgress<EmIteration> next) : IProgress<EmIteration>
    {
        public void Report(EmIteration value)
        {
            recorder.Add(value);
            next.Report(value);
        }
    }
}

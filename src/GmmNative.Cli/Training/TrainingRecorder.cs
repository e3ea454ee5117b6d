using System.Diagnostics;

namespace GmmNative.Cli.Training;

/// <summary>Remembers how far a training is, and its last complete model, while it passes the news on. Thread-safe.</summary>
internal sealed class TrainingRecorder
{
    // From this size on, what an iteration leaves behind would fill the memory long before the collector looks for it.
    private const int LargeModel = 8_000_000;

    private readonly Lock _lock = new();
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly List<EmIteration> _history = [];
    private GaussianMixture? _model;

    /// <summary>What came before the first iteration of EM took, once that is complete.</summary>
    public TimeSpan InitializationTime { get; private set; }

    /// <summary>What EM has taken so far.</summary>
    public TimeSpan EmTime => _clock.Elapsed - InitializationTime;

    /// <summary>What passes the news on.</summary>
    public IProgress<EmIteration> Before(IProgress<EmIteration> next) => new Tap(this, next);

    /// <summary>
    /// The last complete model and the iterations that led to it; <see langword="null"/> before the first of them is complete.
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

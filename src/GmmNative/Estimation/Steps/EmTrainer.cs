using GmmNative.Estimation.Options;
using GmmNative.Reporting;

namespace GmmNative.Estimation.Steps;

/// <summary>The loop of expectation-maximization: steps until the stopping rule, the iteration limit or the caller ends it.</summary>
internal sealed class EmTrainer(ResolvedOptions options, IEmStep step, StoppingRule stopping, TrainingProgress progress)
{
    private readonly List<EmIteration> _history = [];

    /// <summary>Iterates from a starting model.</summary>
    /// <param name="start">The starting model.</param>
    /// <param name="report">Receives the result of each iteration.</param>
    /// <param name="cancellationToken">Stops the loop. The result is the model of the last complete iteration.</param>
    /// <exception cref="OperationCanceledException">The token was canceled before the first iteration was complete.</exception>
    public EmOutcome Run(GaussianMixture start, Action<EmStepResult>? report, CancellationToken cancellationToken)
    {
        GaussianMixture model = start;
        EmStepResult? last = null;
        StopReason? stop = null;
        for (int iteration = 1; stop is null && iteration <= options.Iterations; iteration++)
        {
            progress.Start(TrainingPhase.Em, iteration, options.Iterations, model.ComponentCount);
            try
            {
                last = step.Run(model, iteration, progress.RowCounter, cancellationToken);
            }
            catch (OperationCanceledException) when (last is not null && cancellationToken.IsCancellationRequested)
            {
                stop = StopReason.Cancelled;
                break;
            }

            _history.Add(progress.CompleteEm(last.LogLikelihood, last.Rows, last.TotalWeight, last.Update.Model));
            report?.Invoke(last);
            stop = stopping.Add(model, last);
            model = last.Update.Model;
        }

        bool keepsLast = options.Stopping == StoppingTest.SignedRise || stopping.IsLastBest;
        (GaussianMixture result, EmStepResult evaluated) = keepsLast ? (model, last!) : (stopping.Best!, stopping.BestStep!);
        return new EmOutcome(result, evaluated.LogLikelihood, evaluated.Objective, stop ?? StopReason.IterationLimit, _history);
    }
}

using GmmNative.Estimation.Options;
using GmmNative.Reporting;

namespace GmmNative.Estimation.Steps;

/// <summary>The loop of expectation-maximization: steps until the stopping rule, the iteration limit or the caller ends it.</summary>
/// <param name="options">The options.</param>
/// <param name="step">Computes an iteration.</param>
/// <param name="stopping">Ends the loop. It sees accepted iterations only.</param>
/// <param name="progress">Receives all iterations.</param>
/// <param name="momentum">Accelerates the loop; <see langword="null"/> for plain EM.</param>
internal sealed class EmTrainer(
    ResolvedOptions options, IEmStep step, StoppingRule stopping, TrainingProgress progress, Momentum? momentum = null)
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
        EmStepResult? last = null; // The last accepted iteration: its update is the result so far.
        StopReason? stop = null;
        for (int iteration = 1; stop is null && iteration <= options.Iterations; iteration++)
        {
            progress.Start(TrainingPhase.Em, iteration, options.Iterations, model.ComponentCount);
            EmStepResult? current;
            try
            {
                current = Run(model, iteration, cancellationToken);
            }
            catch (OperationCanceledException) when (last is not null && cancellationToken.IsCancellationRequested)
            {
                stop = StopReason.Cancelled;
                break;
            }

            bool isRejected = momentum is not null && !momentum.Accepts(current?.Objective ?? double.NaN);
            EmStepResult kept = isRejected ? last! : current!;
            _history.Add(progress.CompleteEm(
                current?.LogLikelihood ?? double.NaN, kept.Rows, kept.TotalWeight, kept.Update.Model, isRejected));
            if (isRejected)
            {
                model = momentum!.Reject();
                continue;
            }

            last = current!;
            report?.Invoke(last);
            stop = stopping.Add(model, last);
            model = momentum?.Accept(last) ?? last.Update.Model;
        }

        bool keepsLast = options.Stopping == StoppingTest.SignedRise || stopping.IsLastBest;
        (GaussianMixture result, EmStepResult evaluated) = keepsLast ? (last!.Update.Model, last) : (stopping.Best!, stopping.BestStep!);
        return new EmOutcome(result, evaluated.LogLikelihood, evaluated.Objective, stop ?? StopReason.IterationLimit, _history);
    }

    /// <summary>
    /// Runs an iteration. Returns <see langword="null"/> if its model is extrapolated and leads to a singular covariance, which plain EM
    /// may avoid.
    /// </summary>
    private EmStepResult? Run(GaussianMixture model, int iteration, CancellationToken cancellationToken)
    {
        try
        {
            return step.Run(model, iteration, progress.RowCounter, cancellationToken);
        }
        catch (SingularCovarianceException) when (momentum is { IsExtrapolated: true })
        {
            return null;
        }
    }
}

using GmmNative.Estimation.Options;

namespace GmmNative.Estimation.Steps;

/// <summary>Decides after each iteration whether EM continues, and remembers the best model.</summary>
/// <param name="options">The tolerance and the test.</param>
/// <param name="epsilon">The rounding of one operation.</param>
/// <param name="isMonotone">
/// Whether EM maximizes the objective exactly, so that only rounding and weight floors can make it fall.
/// </param>
internal sealed class StoppingRule(ResolvedOptions options, double epsilon, bool isMonotone)
{
    /// <summary>The relative rounding error of a total log-likelihood, in units of the precision.</summary>
    private const double RoundingUnits = 64;

    private EmStepResult? _last;

    /// <summary>The model with the best objective so far.</summary>
    public GaussianMixture? Best { get; private set; }

    /// <summary>The step that evaluated <see cref="Best"/>.</summary>
    public EmStepResult? BestStep { get; private set; }

    /// <summary>Whether the objective has fallen by more than rounding at some iteration.</summary>
    public bool HasFallen { get; private set; }

    /// <summary>Whether the last model is the best up to rounding, so that its update is returned.</summary>
    public bool IsLastBest { get; private set; }

    /// <summary>Adds an iteration.</summary>
    /// <param name="model">The model before its update.</param>
    /// <param name="step">The result of the iteration.</param>
    /// <returns>Why EM ends, or <see langword="null"/> if it continues.</returns>
    public StopReason? Add(GaussianMixture model, EmStepResult step)
    {
        EmStepResult? previous = _last;
        _last = step;
        if (BestStep is null || !(step.Objective <= BestStep.Objective))
        {
            (Best, BestStep) = (step.IsObjectiveOfUpdate ? step.Update.Model : model, step);
        }

        IsLastBest = BestStep.Objective - step.Objective <= Slack(step);
        if (previous is null)
        {
            return null;
        }

        double rise = step.Objective - previous.Objective;
        bool isFall = -rise > Slack(step);
        HasFallen |= isFall;
        switch (options.Stopping)
        {
            case StoppingTest.Change when isFall && isMonotone && options.IsVariational:
                return StopReason.Fell;
            case StoppingTest.Change:
                return Math.Abs(PerTarget(rise, step)) < options.Tolerance ? StopReason.Converged : null;
            case StoppingTest.SignedRise:
                // With a tolerance of 0, noise in the last digits must not decide when a converged model stops.
                double signed = step.LogLikelihood - previous.LogLikelihood;
                bool isRounding = signed < 0 && -signed <= RoundingUnits * epsilon * Math.Abs(step.LogLikelihood);
                return PerTarget(isRounding ? 0 : signed, step) < options.Tolerance ? StopReason.Converged : null;
            default:
                if (isFall && isMonotone && !previous.Update.WeightFloorActed)
                {
                    return StopReason.Fell;
                }

                return PerTarget(Math.Max(rise, 0), step) < options.Tolerance ? StopReason.Converged : null;
        }
    }

    /// <summary>Returns the largest fall that is explained by rounding or ignored by the tolerance.</summary>
    private double Slack(EmStepResult step)
    {
        double tolerance = options.ToleranceOn == ToleranceTarget.Total ? options.Tolerance : options.Tolerance * step.TotalWeight;
        return Math.Max(tolerance, RoundingUnits * epsilon * (step.Magnitude + (step.TotalWeight * step.Condition)));
    }

    private double PerTarget(double change, EmStepResult step) =>
        options.ToleranceOn == ToleranceTarget.Total ? change : change / step.TotalWeight;
}

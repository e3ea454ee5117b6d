using GmmNative.Estimation.Options;

namespace GmmNative.Estimation.Steps;

/// <summary>Decides after each iteration whether EM goes on, and which of the models it has seen is the best.</summary>
/// <param name="options">Tolerance and test.</param>
/// <param name="epsilon">Rounding of one operation.</param>
/// <param name="isMonotone">Whether EM maximises the objective exactly, so that it cannot fall but for rounding and weight floors.</param>
internal sealed class StoppingRule(ResolvedOptions options, double epsilon, bool isMonotone)
{
    /// <summary>Relative error of a total log-likelihood that rounding can make, in units of the precision.</summary>
    private const double RoundingUnits = 64;

    private EmStepResult? _last;

    /// <summary>The model with the best objective seen.</summary>
    public GaussianMixture? Best { get; private set; }

    /// <summary>The step that found how good <see cref="Best"/> is.</summary>
    public EmStepResult? BestStep { get; private set; }

    /// <summary>Whether the objective has fallen by more than rounding at some iteration.</summary>
    public bool HasFallen { get; private set; }

    /// <summary>Whether the last model seen was, but for rounding, the best, so that its update is to be returned.</summary>
    public bool IsLastBest { get; private set; }

    /// <summary>Takes in an iteration.</summary>
    /// <param name="model">The model before its update.</param>
    /// <param name="step">What the iteration gave.</param>
    /// <returns>Why EM ends here; <see langword="null"/> where it goes on.</returns>
    public StopReason? Add(GaussianMixture model, EmStepResult step)
    {
        EmStepResult? previous = _last;
        _last = step;
        if (BestStep is null || !(step.Objective <= BestStep.Objective))
        {
            (Best, BestStep) = (model, step);
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
            case StoppingTest.Change:
                return Math.Abs(PerTarget(rise, step)) < options.Tolerance ? StopReason.Converged : null;
            case StoppingTest.SignedRise:
                // With tolerance 0 a converged model must not stop one run early and another late by the noise of the last digits.
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

    /// <summary>The largest fall that rounding, or what the tolerance does not look at, explains.</summary>
    private double Slack(EmStepResult step)
    {
        double tolerance = options.ToleranceOn == ToleranceTarget.Total ? options.Tolerance : options.Tolerance * step.TotalWeight;
        return Math.Max(tolerance, RoundingUnits * epsilon * (step.Magnitude + (step.TotalWeight * step.Condition)));
    }

    private double PerTarget(double change, EmStepResult step) =>
        options.ToleranceOn == ToleranceTarget.Total ? change : change / step.TotalWeight;
}

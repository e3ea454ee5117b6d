using GmmNative.Expectation;
using GmmNative.Maximization;

namespace GmmNative.Estimation.Steps;

/// <summary>What one iteration of EM gives: how good the model was, and the next one.</summary>
internal sealed record EmStepResult
{
    /// <summary>The next model, and what was floored on the way to it.</summary>
    public required UpdateResult Update { get; init; }

    /// <summary>Log-likelihood of the model before the update; nats.</summary>
    public required double LogLikelihood { get; init; }

    /// <summary>What the step maximises: the log-likelihood, plus the log prior where there is one; nats.</summary>
    public required double Objective { get; init; }

    /// <summary>T.</summary>
    public required long Rows { get; init; }

    /// <summary>The sum of the rows' weights, which averages are taken by; T where rows have none.</summary>
    public required double TotalWeight { get; init; }

    /// <summary>The sum of the magnitudes that the log-likelihood was summed from, which its rounding is relative to; nats.</summary>
    public required double Magnitude { get; init; }

    /// <summary>How many times the model's covariances magnify rounding; see <see cref="MixtureFactors.Condition"/>.</summary>
    public required double Condition { get; init; }

    /// <summary>Share, 0 to 1, of the (row, component) pairs whose density took the centered form.</summary>
    public required double CenteredShare { get; init; }
}

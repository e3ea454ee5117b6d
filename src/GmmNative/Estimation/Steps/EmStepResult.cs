using GmmNative.Expectation;
using GmmNative.Maximization;

namespace GmmNative.Estimation.Steps;

/// <summary>The result of an EM iteration: the quality of the current model, and the next model.</summary>
internal sealed record EmStepResult
{
    /// <summary>The next model, and the floors that acted on it.</summary>
    public required UpdateResult Update { get; init; }

    /// <summary>The log-likelihood of the model before the update, in nats.</summary>
    public required double LogLikelihood { get; init; }

    /// <summary>
    /// The quantity that the step maximizes, in nats: the log-likelihood plus the log prior if there is a prior, or the lower bound of
    /// variational training.
    /// </summary>
    public required double Objective { get; init; }

    /// <summary>Whether <see cref="Objective"/> belongs to the updated model, not to the model before the update.</summary>
    public bool IsObjectiveOfUpdate { get; init; }

    /// <summary>The number of rows, T.</summary>
    public required long Rows { get; init; }

    /// <summary>The sum of the weights of the rows, which is the divisor of averages; T if rows have no weights.</summary>
    public required double TotalWeight { get; init; }

    /// <summary>The sum of the magnitudes of the terms of the objective, in nats. Its rounding is relative to this sum.</summary>
    public required double Magnitude { get; init; }

    /// <summary>The factor by which the covariances of the model amplify rounding; see <see cref="MixtureFactors.Condition"/>.</summary>
    public required double Condition { get; init; }

    /// <summary>The share, 0 to 1, of the pairs of a row and a component whose density was computed in the centered form.</summary>
    public required double CenteredShare { get; init; }
}

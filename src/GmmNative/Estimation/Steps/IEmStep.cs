namespace GmmNative.Estimation.Steps;

/// <summary>An iteration of EM in any precision.</summary>
internal interface IEmStep
{
    /// <summary>The rounding of one operation.</summary>
    double Epsilon { get; }

    /// <summary>Computes the next model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="iteration">The iteration, from 1, for errors.</param>
    /// <param name="progress">Receives the number of rows of each completed chunk, from any thread.</param>
    /// <param name="cancellationToken">Stops the step.</param>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    /// <exception cref="SingularCovarianceException">
    /// A covariance is singular, and the options make this an error or it cannot be repaired.
    /// </exception>
    EmStepResult Run(GaussianMixture model, int iteration, Action<int>? progress, CancellationToken cancellationToken);
}

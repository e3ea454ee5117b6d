namespace GmmNative.Estimation.Steps;

/// <summary>One iteration of EM, whatever its precision.</summary>
internal interface IEmStep
{
    /// <summary>Rounding of one operation.</summary>
    double Epsilon { get; }

    /// <summary>Takes a model to the next one.</summary>
    /// <param name="model">The model.</param>
    /// <param name="iteration">The iteration, from 1, for errors.</param>
    /// <param name="progress">Receives the number of rows of each chunk done, from any thread.</param>
    /// <param name="cancellationToken">Ends the step early.</param>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    /// <exception cref="SingularCovarianceException">A covariance came out singular, and that is to be an error or cannot be
    /// mended.</exception>
    EmStepResult Run(GaussianMixture model, int iteration, Action<int>? progress, CancellationToken cancellationToken);
}

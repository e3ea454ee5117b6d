namespace GmmNative;

/// <summary>
/// A covariance came out of an update not positive definite, and <see cref="GmmOptions.SingularCovariance"/> asks for an error
/// rather than for floored eigenvalues.
/// </summary>
public sealed class SingularCovarianceException : GmmException
{
    /// <summary>Makes the exception.</summary>
    public SingularCovarianceException(int component, int iteration)
        : base($"The covariance of component {component} is not positive definite after {(iteration == 0 ? "the initialisation" : $"iteration {iteration}")}: "
            + "raise the variance floor, use fewer components, or let its eigenvalues be floored.")
    {
        Component = component;
        Iteration = iteration;
    }

    /// <summary>The component, from 0.</summary>
    public int Component { get; }

    /// <summary>The iteration, from 1; 0 for the initialisation.</summary>
    public int Iteration { get; }
}

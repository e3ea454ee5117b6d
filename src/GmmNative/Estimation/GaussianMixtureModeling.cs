using CommunityToolkit.HighPerformance;

namespace GmmNative;

/// <summary>The estimator, one to one with <c>diffsptk.GaussianMixtureModeling</c>.</summary>
public sealed class GaussianMixtureModeling
{
    /// <summary>Makes an estimator.</summary>
    public GaussianMixtureModeling(int order, int mixtureCount, GmmOptions? options = null) => throw new NotSupportedException();

    /// <summary>The current parameters.</summary>
    public GaussianMixture? Parameters => throw new NotSupportedException();

    /// <summary>LBG.</summary>
    public GaussianMixture Warmup(IVectorSource rows, LindeBuzoGrayOptions? options = null, IProgress<EmIteration>? progress = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    /// <summary>Any method.</summary>
    public GaussianMixture Initialize(IVectorSource rows, InitializationMethod method, IProgress<EmIteration>? progress = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    /// <summary>Sets the parameters.</summary>
    public void SetParameters(GaussianMixture parameters) => throw new NotSupportedException();

    /// <summary>EM. Cancelling returns the last complete iteration; OperationCanceledException only when there is none.</summary>
    public GmmFitResult Fit(IVectorSource rows, bool returnPosterior = false, IProgress<EmIteration>? progress = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    /// <summary>Transform.</summary>
    public TransformResult Transform(IVectorSource rows, CancellationToken cancellationToken = default) => throw new NotSupportedException();
}

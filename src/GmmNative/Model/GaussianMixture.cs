namespace GmmNative;

/// <summary>An immutable, validated Gaussian mixture.</summary>
public sealed class GaussianMixture
{
    /// <summary>Makes a model; throws InvalidMixtureException for bad numbers, ArgumentException for bad lengths. The arrays are copied.</summary>
    public GaussianMixture(CovarianceStructure structure, ReadOnlySpan<double> weights, ReadOnlySpan<double> means, ReadOnlySpan<double> covariances) => throw new NotSupportedException();

    /// <summary>Structure.</summary>
    public CovarianceStructure Structure => throw new NotSupportedException();

    /// <summary>K.</summary>
    public int ComponentCount => throw new NotSupportedException();

    /// <summary>D.</summary>
    public int Dimension => throw new NotSupportedException();

    /// <summary>K weights.</summary>
    public ReadOnlyMemory<double> Weights => throw new NotSupportedException();

    /// <summary>K x D means.</summary>
    public ReadOnlyMemory<double> Means => throw new NotSupportedException();

    /// <summary>K x D variances (structure's IsDiagonalStorage) or K x D x D covariances.</summary>
    public ReadOnlyMemory<double> Covariances => throw new NotSupportedException();

    /// <summary>T log-densities, nats.</summary>
    public double[] LogDensities(IVectorSource rows, ExecutionOptions? execution = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    /// <summary>T x K posteriors.</summary>
    public double[,] Posteriors(IVectorSource rows, ExecutionOptions? execution = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    /// <summary>T labels.</summary>
    public int[] Labels(IVectorSource rows, ExecutionOptions? execution = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    /// <summary>Transform.</summary>
    public TransformResult Transform(IVectorSource rows, ExecutionOptions? execution = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();
}

using System.Numerics.Tensors;

namespace GmmNative.Maximization.Variational;

/// <summary>The priors of a variational mixture with all defaults resolved, and the posterior of the counts.</summary>
internal sealed record VariationalPrior
{
    /// <summary>
    /// scikit-learn adds this to every count. It is kept so that the parameters of components without rows agree, too.
    /// </summary>
    private const double AddedCount = 10.0 / (1L << 52);

    /// <summary>The kind of the prior of the weights.</summary>
    public required WeightPrior Weights { get; init; }

    /// <summary>The concentration gamma_0 of each weight, or of the process.</summary>
    public required double Concentration { get; init; }

    /// <summary>The precision beta_0 of the means.</summary>
    public required double MeanPrecision { get; init; }

    /// <summary>The D prior means, m_0.</summary>
    public required double[] Mean { get; init; }

    /// <summary>The degrees of freedom nu_0 of the precisions, above D - 1.</summary>
    public required double DegreesOfFreedom { get; init; }

    /// <summary>The prior covariance Psi_0 in the storage layout of one component: positive definite, zero outside the structure.</summary>
    public required double[] Covariance { get; init; }

    /// <summary>Returns the count n_k of a component from its occupancy.</summary>
    public static double Count(double occupancy) => occupancy + AddedCount;

    /// <summary>Computes the parameters of the posterior that depend only on the counts.</summary>
    /// <param name="counts">The K counts n_k.</param>
    /// <param name="isTied">Whether the components share one covariance, and therefore its degrees of freedom.</param>
    public VariationalPosterior Posterior(double[] counts, bool isTied)
    {
        int components = counts.Length;
        double[] meanPrecision = new double[components];
        double[] shared = isTied ? [counts.Sum() / components] : counts;
        double[] degrees = new double[shared.Length];
        TensorPrimitives.Add(counts, MeanPrecision, meanPrecision);
        TensorPrimitives.Add(shared, DegreesOfFreedom, degrees);
        return new VariationalPosterior(Weights, Concentrations(counts), meanPrecision, degrees);
    }

    private double[] Concentrations(double[] counts)
    {
        int components = counts.Length;
        if (Weights == WeightPrior.DirichletDistribution)
        {
            double[] concentrations = new double[components];
            TensorPrimitives.Add(counts, Concentration, concentrations);
            return concentrations;
        }

        double[] both = new double[2 * components];
        double later = 0;
        for (int k = components - 1; k >= 0; k--)
        {
            both[k] = 1 + counts[k];
            both[components + k] = Concentration + later;
            later += counts[k];
        }

        return both;
    }
}

using GmmNative.Expectation;
using GmmNative.Statistics;

namespace GmmNative.Maximization;

/// <summary>
/// An M-step: computes a new model from sufficient statistics, and the objective that it raises. One instance serves one fit.
/// </summary>
internal interface IMaximization
{
    /// <summary>Updates a model.</summary>
    /// <param name="model">The model whose E-step gave the statistics.</param>
    /// <param name="statistics">The statistics.</param>
    /// <param name="iteration">The iteration, from 1, for errors.</param>
    /// <param name="precision">
    /// The precision of the moments, or <see cref="MomentPrecision.Unchecked"/> if they cannot be computed more precisely.
    /// </param>
    /// <exception cref="SingularCovarianceException">
    /// A covariance is singular, and the options make this an error or it cannot be repaired.
    /// </exception>
    UpdateResult Update(GaussianMixture model, SufficientStatistics statistics, int iteration, MomentPrecision precision);

    /// <summary>Computes the objective of an iteration.</summary>
    /// <param name="before">The model whose E-step gave the statistics.</param>
    /// <param name="statistics">The statistics.</param>
    /// <param name="update">The final result of the update with these posteriors.</param>
    Objective Evaluate(MixtureFactors before, SufficientStatistics statistics, UpdateResult update);
}

using GmmNative.Model;

namespace GmmNative.Files.Models;

/// <summary>
/// The attributes of scikit-learn's <c>GaussianMixture</c> or <c>BayesianGaussianMixture</c> as a <c>.npz</c> archive, readable without
/// pickle.
/// </summary>
/// <remarks>
/// scikit-learn has four covariance types. Structures with blocks become <c>full</c>, and tied variances become <c>tied</c>, with the same
/// log-densities. A model file does not contain the history of its training: <c>converged_</c>, <c>n_iter_</c> and <c>lower_bound_</c> are
/// those of an estimator that has not iterated.
/// </remarks>
internal sealed class ScikitLearnModelFormat : IModelFormat
{
    private readonly NpzModelFormat _npz = new();

    /// <inheritdoc/>
    public string Extension => ".sklearn.npz";

    /// <inheritdoc/>
    public GaussianMixture Read(Stream stream, ModelRequest request, CancellationToken cancellationToken) =>
        _npz.Read(stream, request, cancellationToken);

    /// <inheritdoc/>
    public void Write(Stream stream, GaussianMixture model)
    {
        GaussianMixture converted = Convert(model);
        CovarianceStorage storage = converted.Structure.Storage;
        int k = converted.ComponentCount;
        int d = converted.Dimension;
        long[] shape = storage.Shape(k);
        (double[] factors, double[] precisions) = Precisions(converted);
        using NpzWriter archive = new(stream);
        archive.Write("n_components", [], (long[])[k]);
        archive.Write(ModelLayout.CovarianceType, converted.Structure.KindName);
        archive.Write("weights_", [k], converted.Weights.Span);
        archive.Write("means_", [k, d], converted.Means.Span);
        archive.Write("covariances_", shape, converted.Covariances.Span);
        archive.Write("precisions_", shape, precisions);
        archive.Write("precisions_cholesky_", shape, factors);
        archive.Write("n_features_in_", [], (long[])[d]);
        if (converted.Columns is { } columns)
        {
            archive.Write(ScikitLearnLayout.Columns, columns);
        }

        // The values of scikit-learn for max_iter=0. A warm start from them trains until it converges.
        archive.WriteBoolean("converged_", false);
        archive.Write("n_iter_", [], (long[])[0]);
        archive.Write("lower_bound_", [], (double[])[double.NegativeInfinity]);
        if (model.Variational is { } posterior)
        {
            Write(archive, posterior, k);
        }
    }

    private static void Write(NpzWriter archive, VariationalPosterior posterior, long components)
    {
        archive.Write(VariationalLayout.PriorType, VariationalLayout.NameOf(posterior.WeightPrior));
        archive.Write(
            "weight_concentration_", VariationalLayout.ConcentrationShape(posterior.WeightPrior, components),
            posterior.WeightConcentration.Span);
        archive.Write("mean_precision_", [components], posterior.MeanPrecision.Span);
        ReadOnlySpan<double> degrees = posterior.DegreesOfFreedom.Span;
        archive.Write("degrees_of_freedom_", degrees.Length == components ? [components] : [], degrees);
    }

    // The terms of the variational E-step do not depend on the structure, so the posterior stays valid.
    private static GaussianMixture Convert(GaussianMixture model)
    {
        CovarianceStructure structure = model.Structure;
        CovarianceKind kind = structure.IsTied ? CovarianceKind.Tied
            : structure.IsDiagonal ? structure.Kind
            : CovarianceKind.Full;
        return model.WithStructure(new CovarianceStructure(kind, model.Dimension)).WithVariational(model.Variational);
    }

    private static (double[] Factors, double[] Precisions) Precisions(GaussianMixture model)
    {
        CovarianceStorage storage = model.Structure.Storage;
        double[] factors = storage.Allocate(model.ComponentCount);
        double[] precisions = storage.Allocate(model.ComponentCount);
        for (int k = 0; k < storage.Covariances(model.ComponentCount); k++)
        {
            ReadOnlySpan<double> covariance = model.Covariance(k);
            Span<double> factor = storage.Of(factors.AsSpan(), k);
            Span<double> precision = storage.Of(precisions.AsSpan(), k);
            if (!storage.HoldsVariances)
            {
                PrecisionFactor.Compute(model.Dimension, covariance, factor, precision);
                continue;
            }

            for (int i = 0; i < covariance.Length; i++)
            {
                precision[i] = 1 / covariance[i];
                factor[i] = 1 / Math.Sqrt(covariance[i]);
            }
        }

        return (factors, precisions);
    }
}

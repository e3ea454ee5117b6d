using System.Numerics.Tensors;
using GmmNative.Model;

namespace GmmNative.Initialization;

/// <summary>Adds components to a model by splitting the heaviest ones. Uses no random numbers.</summary>
internal static class ComponentSplit
{
    /// <summary>The distance of the two new means from the old one, in standard deviations along the largest axis.</summary>
    private const double Offset = 0.2;

    /// <summary>
    /// Splits the component with the largest weight, the first one in a tie, until there are enough. Its two parts have half its weight and
    /// its covariance. One part keeps its place, with the mean moved forward along the largest axis, and the other part is added at the
    /// end, with the mean moved backward.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="components">The number of components, at least that of the model.</param>
    public static GaussianMixture To(GaussianMixture model, int components) => To(model, components, first: null);

    /// <summary>Splits a given component first, and then the heaviest ones, as <see cref="To(GaussianMixture, int)"/> does.</summary>
    /// <param name="model">The model.</param>
    /// <param name="components">The number of components, more than that of the model.</param>
    /// <param name="first">The component to split first.</param>
    public static GaussianMixture From(GaussianMixture model, int components, int first) => To(model, components, first);

    private static GaussianMixture To(GaussianMixture model, int components, int? first)
    {
        int known = model.ComponentCount;
        if (known == components)
        {
            return model;
        }

        int dimension = model.Dimension;
        CovarianceStorage storage = model.Structure.Storage;
        double[] weights = new double[components];
        double[] means = new double[checked(components * dimension)];
        double[] covariances = storage.Allocate(components);
        model.Weights.Span.CopyTo(weights);
        model.Means.Span.CopyTo(means);
        model.Covariances.Span.CopyTo(covariances);

        // The parts of a component have its covariance, so each component of the model has one axis.
        double[]?[] axes = new double[known][];
        int[] origins = [.. Enumerable.Range(0, components)];
        for (int added = known; added < components; added++)
        {
            int split = added == known && first is { } given ? given : TensorPrimitives.IndexOfMax<double>(weights.AsSpan(0, added));
            int origin = origins[added] = origins[split];
            double[] axis = axes[origin] ??= LargestAxis(model, origin);
            weights[added] = weights[split] /= 2;
            storage.Of(covariances.AsSpan(), split).CopyTo(storage.Of(covariances.AsSpan(), added));
            Span<double> mean = means.AsSpan(split * dimension, dimension);
            TensorPrimitives.Subtract(mean, axis, means.AsSpan(added * dimension, dimension));
            TensorPrimitives.Add(mean, axis, mean);
        }

        return GaussianMixture.FromTrusted(model.Structure, weights, means, covariances).WithColumns(model.Columns);
    }

    /// <summary>
    /// Returns the eigenvector of the largest eigenvalue of a covariance, with a length of <see cref="Offset"/> standard deviations. Its
    /// element of largest magnitude is positive.
    /// </summary>
    private static double[] LargestAxis(GaussianMixture model, int component)
    {
        double[] axis = [];
        int[] place = [];
        double maximum = double.NegativeInfinity;
        foreach (int[] group in model.Structure.GroupArrays)
        {
            int n = group.Length;
            double[] matrix = new double[n * n];
            for (int i = 0; i < n * n; i++)
            {
                matrix[i] = model.CovarianceAt(component, group[i / n], group[i % n]);
            }

            double[] values = new double[n];
            double[] vectors = SymmetricEigen.Decompose(n, matrix, values);
            int largest = TensorPrimitives.IndexOfMax<double>(values);
            if (values[largest] > maximum)
            {
                (axis, place, maximum) = (vectors.AsSpan(largest * n, n).ToArray(), group, values[largest]);
            }
        }

        double sign = axis[TensorPrimitives.IndexOfMaxMagnitude<double>(axis)] < 0 ? -1 : 1;
        double[] result = new double[model.Dimension];
        for (int i = 0; i < place.Length; i++)
        {
            result[place[i]] = sign * Offset * Math.Sqrt(maximum) * axis[i];
        }

        return result;
    }
}

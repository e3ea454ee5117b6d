using System.Numerics.Tensors;
using GmmNative.Execution;
using GmmNative.Interop;
using GmmNative.Model;

namespace GmmNative.Maximization;

/// <summary>
/// Extrapolates from one model through another: means linearly, weights and variances by their logarithms, groups of several coordinates by
/// their Cholesky factors with the logarithms of the diagonal. In these parameters every point is a mixture.
/// </summary>
/// <param name="structure">The structure of the covariances.</param>
/// <param name="options">The options of the M-step. The floors apply to extrapolated models too.</param>
internal sealed class MixtureExtrapolation(CovarianceStructure structure, UpdateOptions options)
{
    /// <summary>
    /// A covariance with a smaller pivot, relative to its variance, is not extrapolated: rounding would decide on its floor.
    /// </summary>
    private const double MinimumPivot = 1e-12;

    /// <summary>Returns <c>latest + factor (latest - earlier)</c>, or <paramref name="latest"/> if that is not a finite model.</summary>
    /// <param name="earlier">The earlier result of an M-step.</param>
    /// <param name="latest">The latest result of an M-step.</param>
    /// <param name="empty">The components that keep the parameters of the latest model.</param>
    /// <param name="factor">The length of the extrapolation, at least 0.</param>
    public GaussianMixture Extrapolate(GaussianMixture earlier, GaussianMixture latest, bool[] empty, double factor)
    {
        double[] weights = Weights(earlier.Weights.Span, latest.Weights.Span, empty, factor);
        double[] means = latest.Means.ToArray();
        double[] covariances = latest.Covariances.ToArray();
        int dimension = structure.Dimension;
        if (options.Updated.HasFlag(MixtureParameters.Means))
        {
            for (int k = 0; k < empty.Length; k++)
            {
                if (!empty[k])
                {
                    Span<double> mean = means.AsSpan(k * dimension, dimension);
                    ReadOnlySpan<double> before = earlier.Mean(k);
                    for (int d = 0; d < dimension; d++)
                    {
                        mean[d] += factor * (mean[d] - before[d]);
                    }
                }
            }
        }

        if (options.Updated.HasFlag(MixtureParameters.Covariances))
        {
            CovarianceStorage storage = structure.Storage;
            ComponentLoop.Run(
                storage.Covariances(empty.Length), (long)storage.Size * dimension, options.Threads, () => 0, (k, _) =>
                {
                    if (structure.IsTied || !empty[k])
                    {
                        Extrapolate(earlier.Covariance(k), storage.Of(covariances.AsSpan(), k), factor);
                    }
                });
        }

        bool isFinite = TensorPrimitives.IsFiniteAll<double>(means) && TensorPrimitives.IsFiniteAll<double>(covariances)
            && TensorPrimitives.IsFiniteAll<double>(weights);
        return isFinite ? GaussianMixture.FromTrusted(structure, weights, means, covariances).WithColumns(latest.Columns) : latest;
    }

    private double[] Weights(ReadOnlySpan<double> earlier, ReadOnlySpan<double> latest, bool[] empty, double factor)
    {
        double[] weights = latest.ToArray();
        if (!options.Updated.HasFlag(MixtureParameters.Weights))
        {
            return weights;
        }

        for (int k = 0; k < weights.Length; k++)
        {
            if (!empty[k] && earlier[k] > 0 && latest[k] > 0)
            {
                weights[k] *= Math.Pow(latest[k] / earlier[k], factor);
            }
        }

        TensorPrimitives.Divide(weights, TensorPrimitives.Sum<double>(weights), weights);
        WeightFloor.Apply(weights, options.WeightFloor);
        return weights;
    }

    /// <summary>Extrapolates a covariance in its storage layout, in place.</summary>
    private void Extrapolate(ReadOnlySpan<double> earlier, Span<double> latest, double factor)
    {
        CovarianceStorage storage = structure.Storage;
        if (structure.IsSpherical)
        {
            latest[0] = Math.Max(
                latest[0] * Math.Pow(latest[0] / earlier[0], factor),
                Enumerable.Range(0, structure.Dimension).Max(Floor));
            return;
        }

        foreach (int[] group in structure.GroupArrays)
        {
            if (group.Length == 1)
            {
                double variance = storage.Variance(latest, group[0]);
                double ratio = variance / storage.Variance(earlier, group[0]);
                storage.SetVariance(latest, group[0], Math.Max(variance * Math.Pow(ratio, factor), Floor(group[0])));
            }
            else
            {
                ExtrapolateGroup(group, earlier, latest, factor);
            }
        }
    }

    private void ExtrapolateGroup(int[] group, ReadOnlySpan<double> earlier, Span<double> latest, double factor)
    {
        int n = group.Length;
        CovarianceStorage storage = structure.Storage;
        double[] before = new double[n * n];
        double[] lower = new double[n * n];
        double[] matrix = new double[n * n];
        storage.ReadLower(earlier, group, before);
        storage.ReadLower(latest, group, lower);
        if (Backends.Managed.DoubleOperations.Cholesky(n, before, n) != 0
            || Backends.Managed.DoubleOperations.Cholesky(n, lower, n) != 0)
        {
            // Rounding hides that a covariance is positive definite: the group keeps its latest entries.
            return;
        }

        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < i; j++)
            {
                lower[(i * n) + j] += factor * (lower[(i * n) + j] - before[(i * n) + j]);
            }

            lower[(i * n) + i] *= Math.Pow(lower[(i * n) + i] / before[(i * n) + i], factor);
        }

        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double entry = TensorPrimitives.Dot<double>(lower.AsSpan(i * n, j + 1), lower.AsSpan(j * n, j + 1));
                matrix[(i * n) + j] = matrix[(j * n) + i] = entry;
            }
        }

        if (IsAboveFloor(group, matrix, lower))
        {
            storage.WriteGroup(matrix, group, latest);
        }
    }

    /// <summary>
    /// Returns whether a covariance satisfies the constraint of the M-step. A better point outside the constraint would let the next step
    /// lower the objective.
    /// </summary>
    private bool IsAboveFloor(int[] group, double[] matrix, double[] scratch)
    {
        int n = group.Length;
        matrix.CopyTo(scratch, 0);
        for (int i = 0; i < n; i++)
        {
            double variance = matrix[(i * n) + i];
            scratch[(i * n) + i] = variance - Math.Max(options.Floors.Floors[group[i]], MinimumPivot * variance);
        }

        return Backends.Managed.DoubleOperations.Cholesky(n, scratch, n) == 0;
    }

    private double Floor(int coordinate) => Math.Max(options.Floors.Floors[coordinate], options.Floors.Resolutions[coordinate]);
}

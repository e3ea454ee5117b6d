using System.Numerics.Tensors;
using GmmNative.Model;

namespace GmmNative.Maximization;

/// <summary>
/// A bound on the condition of covariances: every eigenvalue is raised to at least the largest eigenvalue of the covariance divided by the
/// maximum condition.
/// </summary>
internal static class ConditionCap
{
    /// <summary>Raises the eigenvalues of a covariance.</summary>
    /// <param name="structure">The structure.</param>
    /// <param name="covariance">The covariance in its storage layout, changed in place.</param>
    /// <param name="maximum">The maximum ratio of its largest and its smallest eigenvalue, at least 1.</param>
    /// <param name="cancellationToken">Stops the computation of eigenvalues.</param>
    /// <returns>Whether an eigenvalue was raised.</returns>
    public static bool Apply(
        CovarianceStructure structure, Span<double> covariance, double maximum, CancellationToken cancellationToken)
    {
        CovarianceStorage storage = structure.Storage;
        int[][] groups = structure.GroupArrays;
        double[][] values = new double[groups.Length][];
        double largest = 0;
        double smallest = double.PositiveInfinity;
        for (int g = 0; g < groups.Length; g++)
        {
            values[g] = Eigenvalues(storage, covariance, groups[g], cancellationToken);
            largest = Math.Max(largest, TensorPrimitives.Max<double>(values[g]));
            smallest = Math.Min(smallest, TensorPrimitives.Min<double>(values[g]));
        }

        double minimum = largest / maximum;
        if (!(smallest < minimum))
        {
            return false;
        }

        foreach (int[] group in groups)
        {
            Raise(storage, covariance, group, minimum, cancellationToken);
        }

        return true;
    }

    private static double[] Eigenvalues(
        CovarianceStorage storage, ReadOnlySpan<double> covariance, int[] group, CancellationToken cancellationToken)
    {
        if (group.Length == 1)
        {
            return [storage.Variance(covariance, group[0])];
        }

        double[] matrix = new double[group.Length * group.Length];
        double[] values = new double[group.Length];
        storage.ReadGroup(covariance, group, matrix);
        SymmetricEigen.Decompose(group.Length, matrix, values, cancellationToken);
        return values;
    }

    private static void Raise(
        CovarianceStorage storage, Span<double> covariance, int[] group, double minimum, CancellationToken cancellationToken)
    {
        if (group.Length == 1)
        {
            storage.SetVariance(covariance, group[0], Math.Max(minimum, storage.Variance(covariance, group[0])));
            return;
        }

        double[] matrix = new double[group.Length * group.Length];
        storage.ReadGroup(covariance, group, matrix);
        double[] missing = SymmetricEigen.MissingTo(group.Length, [.. matrix], minimum, cancellationToken);
        TensorPrimitives.Add(matrix, missing, matrix);
        storage.WriteGroup(matrix, group, covariance);
    }
}

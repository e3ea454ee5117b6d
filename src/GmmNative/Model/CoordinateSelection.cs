namespace GmmNative.Model;

/// <summary>Copies selected coordinates of a mixture: marginals, other orders and other structures.</summary>
internal static class CoordinateSelection
{
    /// <summary>Returns the marginal mixture of some coordinates, in their order.</summary>
    /// <param name="model">The mixture.</param>
    /// <param name="coordinates">Distinct coordinates, from 0.</param>
    public static GaussianMixture Marginal(GaussianMixture model, int[] coordinates) =>
        coordinates.AsSpan().SequenceEqual([.. Enumerable.Range(0, model.Dimension)])
            ? model
            : Copy(model, coordinates, SelectedStructure.Of(model.Structure, coordinates));

    /// <summary>Copies the coordinates to a mixture of the given structure. Entries that the structure does not keep become zero.</summary>
    /// <param name="model">The mixture.</param>
    /// <param name="coordinates">Distinct coordinates, from 0.</param>
    /// <param name="structure">The structure of the result.</param>
    public static GaussianMixture Copy(GaussianMixture model, int[] coordinates, CovarianceStructure structure)
    {
        int components = model.ComponentCount;
        int dimension = coordinates.Length;
        double[] means = new double[checked(components * dimension)];
        for (int k = 0; k < components; k++)
        {
            ReadOnlySpan<double> mean = model.Mean(k);
            for (int i = 0; i < dimension; i++)
            {
                means[(k * dimension) + i] = mean[coordinates[i]];
            }
        }

        double[] covariances = CovarianceConversion.Convert(model, coordinates, structure);
        return GaussianMixture.FromTrusted(structure, model.Weights.ToArray(), means, covariances)
            .WithColumns(NamesOf(model, coordinates));
    }

    /// <summary>Returns the column names of some coordinates, or <see langword="null"/> if the mixture has no names.</summary>
    public static string[]? NamesOf(GaussianMixture model, int[] coordinates) =>
        model.Columns is { } names ? [.. coordinates.Select(coordinate => names[coordinate])] : null;
}

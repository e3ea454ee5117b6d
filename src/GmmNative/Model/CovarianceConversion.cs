namespace GmmNative.Model;

/// <summary>Copies the covariances of a model to another structure.</summary>
internal static class CovarianceConversion
{
    /// <summary>
    /// Returns the covariances of the leading coordinates in a structure. Entries that the structure does not keep are left out. A variance
    /// that coordinates share is the average of theirs. A covariance that components share is the average of theirs, weighted by the weights
    /// of the components: the covariance within components.
    /// </summary>
    /// <param name="model">The model, of at least the dimension of the structure.</param>
    /// <param name="structure">The structure.</param>
    public static double[] Convert(GaussianMixture model, CovarianceStructure structure)
    {
        CovarianceStorage storage = structure.Storage;
        double[] result = storage.Allocate(model.ComponentCount);
        if (!structure.IsTied || model.Structure.IsTied)
        {
            for (int k = 0; k < storage.Covariances(model.ComponentCount); k++)
            {
                Copy(model, k, structure, storage.Of(result.AsSpan(), k));
            }

            return result;
        }

        double[] own = new double[result.Length];
        for (int k = 0; k < model.ComponentCount; k++)
        {
            Copy(model, k, structure, own);
            for (int i = 0; i < result.Length; i++)
            {
                result[i] += model.Weights.Span[k] * own[i];
            }
        }

        return result;
    }

    private static void Copy(GaussianMixture model, int component, CovarianceStructure structure, Span<double> to)
    {
        CovarianceStorage storage = structure.Storage;
        if (structure.IsSpherical)
        {
            storage.SetVariance(to, 0, AverageVariance(model, component, structure.Dimension));
            return;
        }

        foreach (int[] group in structure.GroupArrays)
        {
            for (int a = 0; a < group.Length; a++)
            {
                for (int b = a; b < group.Length; b++)
                {
                    storage.SetEntry(to, group[a], group[b], model.CovarianceAt(component, group[a], group[b]));
                }
            }
        }
    }

    private static double AverageVariance(GaussianMixture model, int component, int dimension)
    {
        // The average of equal numbers could differ from them in the last digit.
        if (model.Structure.IsSpherical)
        {
            return model.CovarianceAt(component, 0, 0);
        }

        double sum = 0;
        for (int d = 0; d < dimension; d++)
        {
            sum += model.CovarianceAt(component, d, d);
        }

        return sum / dimension;
    }
}

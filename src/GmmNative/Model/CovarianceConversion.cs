namespace GmmNative.Model;

/// <summary>Copies the covariances of a model to another structure.</summary>
internal static class CovarianceConversion
{
    /// <summary>
    /// Returns the covariances of some coordinates in a structure. Entries that the structure does not keep are left out. A variance
    /// that coordinates share is the average of theirs. A covariance that components share is the average of theirs, weighted by the
    /// weights of the components: the covariance within components.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="coordinates">Distinct coordinates of the model, from 0.</param>
    /// <param name="structure">The structure, whose dimension is the number of coordinates.</param>
    public static double[] Convert(GaussianMixture model, int[] coordinates, CovarianceStructure structure)
    {
        CovarianceStorage storage = structure.Storage;
        double[] result = storage.Allocate(model.ComponentCount);
        if (!structure.IsTied || model.Structure.IsTied)
        {
            for (int k = 0; k < storage.Covariances(model.ComponentCount); k++)
            {
                Copy(model, k, coordinates, structure, storage.Of(result.AsSpan(), k));
            }

            return result;
        }

        double[] first = new double[result.Length];
        double[] own = new double[result.Length];
        Copy(model, 0, coordinates, structure, first);
        bool areEqual = true;
        for (int k = 0; k < model.ComponentCount; k++)
        {
            Copy(model, k, coordinates, structure, own);
            areEqual &= own.AsSpan().SequenceEqual(first);
            for (int i = 0; i < result.Length; i++)
            {
                result[i] += model.Weights.Span[k] * own[i];
            }
        }

        // The average of equal numbers could differ from them in the last digit.
        return areEqual ? first : result;
    }

    private static void Copy(
        GaussianMixture model, int component, int[] coordinates, CovarianceStructure structure, Span<double> to)
    {
        CovarianceStorage storage = structure.Storage;
        if (structure.IsSpherical)
        {
            storage.SetVariance(to, 0, AverageVariance(model, component, coordinates));
            return;
        }

        foreach (int[] group in structure.GroupArrays)
        {
            for (int a = 0; a < group.Length; a++)
            {
                for (int b = a; b < group.Length; b++)
                {
                    double entry = model.CovarianceAt(component, coordinates[group[a]], coordinates[group[b]]);
                    storage.SetEntry(to, group[a], group[b], entry);
                }
            }
        }
    }

    private static double AverageVariance(GaussianMixture model, int component, int[] coordinates)
    {
        double first = model.CovarianceAt(component, coordinates[0], coordinates[0]);
        double sum = 0;
        bool areEqual = true;
        foreach (int coordinate in coordinates)
        {
            double variance = model.CovarianceAt(component, coordinate, coordinate);
            areEqual &= variance == first;
            sum += variance;
        }

        // The average of equal numbers could differ from them in the last digit.
        return areEqual ? first : sum / coordinates.Length;
    }
}

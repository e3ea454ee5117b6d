namespace GmmNative.Model;

/// <summary>Covariances in other structures.</summary>
internal static class CovarianceConversion
{
    /// <summary>Copies the covariances of the leading coordinates to another structure.</summary>
    /// <param name="model">The model.</param>
    /// <param name="structure">The structure, of at most the dimension of the model.</param>
    /// <returns>The covariances in the storage layout of the structure.</returns>
    public static double[] Convert(GaussianMixture model, CovarianceStructure structure)
    {
        CovarianceStorage storage = structure.Storage;
        double[] result = storage.Allocate(model.ComponentCount);
        for (int k = 0; k < model.ComponentCount; k++)
        {
            Span<double> to = storage.Of(result.AsSpan(), k);
            foreach (int[] group in structure.GroupArrays)
            {
                for (int a = 0; a < group.Length; a++)
                {
                    for (int b = a; b < group.Length; b++)
                    {
                        storage.SetEntry(to, group[a], group[b], model.CovarianceAt(k, group[a], group[b]));
                    }
                }
            }
        }

        return result;
    }
}

namespace GmmNative.Estimation.Diagnostics;

/// <summary>Finds components that describe the same Gaussian.</summary>
internal static class EqualComponents
{
    /// <summary>Differences below this share of a standard deviation are ignored.</summary>
    private const double Tolerance = 1e-4;

    /// <summary>Returns the components that equal another component, in ascending order.</summary>
    public static int[] Find(GaussianMixture model)
    {
        // Components with equal means are neighbors in the order of their first coordinates.
        int[] order = [.. Enumerable.Range(0, model.ComponentCount).OrderBy(k => model.Mean(k)[0])];
        SortedSet<int> equal = [];
        for (int i = 0; i < order.Length; i++)
        {
            for (int j = i + 1; j < order.Length && Difference(model, order[i], order[j], 0) <= Tolerance; j++)
            {
                if (AreEqual(model, order[i], order[j]))
                {
                    equal.Add(order[i]);
                    equal.Add(order[j]);
                }
            }
        }

        return [.. equal];
    }

    private static bool AreEqual(GaussianMixture model, int a, int b)
    {
        for (int d = 0; d < model.Dimension; d++)
        {
            if (!(Difference(model, a, b, d) <= Tolerance))
            {
                return false;
            }
        }

        foreach (int[] group in model.Structure.GroupArrays)
        {
            foreach (int i in group)
            {
                foreach (int j in group)
                {
                    double scale = Math.Sqrt(model.CovarianceAt(a, i, i)) * Math.Sqrt(model.CovarianceAt(a, j, j));
                    if (!(Math.Abs(model.CovarianceAt(a, i, j) - model.CovarianceAt(b, i, j)) <= Tolerance * scale))
                    {
                        return false;
                    }
                }
            }
        }

        return true;
    }

    /// <summary>Returns the distance of two means in a coordinate, in standard deviations of the first component.</summary>
    private static double Difference(GaussianMixture model, int a, int b, int coordinate) =>
        Math.Abs(model.Mean(a)[coordinate] - model.Mean(b)[coordinate]) / Math.Sqrt(model.CovarianceAt(a, coordinate, coordinate));
}

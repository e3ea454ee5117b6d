namespace GmmNative.Tests.Support;

/// <summary>Random models and rows, well conditioned: what a test is not about should not disturb it.</summary>
internal static class RandomMixtures
{
    /// <summary>A model whose components overlap.</summary>
    public static GaussianMixture Model(Random random, CovarianceStructure structure, int components, double offset = 0)
    {
        if (structure.IsShared)
        {
            return Model(random, structure.Unshared, components, offset).WithStructure(structure);
        }

        int dimension = structure.Dimension;
        double[] weights = [.. Enumerable.Range(0, components).Select(_ => 0.2 + random.NextDouble())];
        double sum = weights.Sum();
        double[] means = [.. Enumerable.Range(0, components * dimension).Select(_ => offset + (1.5 * Normal(random)))];
        double[] covariances = new double[components * structure.CovarianceSize];
        for (int k = 0; k < components; k++)
        {
            Covariance(random, structure, covariances.AsSpan(k * structure.CovarianceSize, structure.CovarianceSize));
        }

        double[] normalized = [.. weights.Select(w => w / sum)];
        return new GaussianMixture(structure, normalized.AsSpan(), means.AsSpan(), covariances.AsSpan());
    }

    /// <summary>Rows around the means of a model, with noise of deviation one.</summary>
    public static double[] Rows(Random random, GaussianMixture model, int count)
    {
        double[] rows = new double[count * model.Dimension];
        for (int t = 0; t < count; t++)
        {
            ReadOnlySpan<double> mean = model.Mean(random.Next(model.ComponentCount));
            for (int d = 0; d < mean.Length; d++)
            {
                rows[(t * mean.Length) + d] = mean[d] + Normal(random);
            }
        }

        return rows;
    }

    /// <summary>Standard normal numbers.</summary>
    public static double[] Normals(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => Normal(random))];

    public static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    /// <summary>0.4 I + A A' / D: eigenvalues between 0.4 and about 4.4.</summary>
    private static void Covariance(Random random, CovarianceStructure structure, Span<double> covariance)
    {
        int dimension = structure.Dimension;
        double[] a = Normals(random, dimension * dimension);
        for (int i = 0; i < dimension; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = i == j ? 0.4 : 0;
                for (int d = 0; d < dimension; d++)
                {
                    sum += a[(i * dimension) + d] * a[(j * dimension) + d] / dimension;
                }

                if (structure.IsDiagonalStorage)
                {
                    covariance[i] = sum;
                }
                else if (structure.IsKept(i, j))
                {
                    covariance[(i * dimension) + j] = sum;
                    covariance[(j * dimension) + i] = sum;
                }
            }
        }
    }
}

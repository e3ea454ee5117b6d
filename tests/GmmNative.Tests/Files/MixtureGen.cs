using CsCheck;

namespace GmmNative.Tests.Files;

/// <summary>Random valid mixtures of every structure, with numbers of many magnitudes.</summary>
internal static class MixtureGen
{
    public static readonly Gen<GaussianMixture> Any =
        Gen.Select(Gen.Enum<CovarianceKind>(), Gen.Int[1, 4].Array[1, 3], Gen.Int[1, 5], Gen.Int)
            .Select((kind, blocks, count, seed) => Make(Structure(kind, blocks), count, seed));

    /// <summary>One small model of each storage, always the same.</summary>
    public static GaussianMixture Small(CovarianceKind kind, params int[] blocks) =>
        Make(new CovarianceStructure(kind, blocks.Sum(), blocks), 3, 1);

    // Shared covariances have no blocks.
    private static CovarianceStructure Structure(CovarianceKind kind, int[] blocks) =>
        new(kind, blocks.Sum(), kind is CovarianceKind.Diagonal or CovarianceKind.Full ? blocks : null);

    private static GaussianMixture Make(CovarianceStructure structure, int count, int seed)
    {
        if (structure.IsShared)
        {
            return Make(structure.Unshared, count, seed).WithStructure(structure);
        }

        Random random = new(seed);
        int d = structure.Dimension;
        double[] weights = [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() + 0.01)];
        double sum = weights.Sum();
        weights = [.. weights.Select(w => w / sum)];
        double[] means =
            [.. Enumerable.Range(0, count * d).Select(_ => (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-200, 200)))];
        double[] covariances = new double[count * structure.CovarianceSize];
        for (int k = 0; k < count; k++)
        {
            for (int i = 0; i < d; i++)
            {
                // Diagonally dominant within each group, and therefore positive definite.
                double variance = (1 + random.NextDouble()) * d;
                if (structure.IsDiagonalStorage)
                {
                    covariances[(k * d) + i] = variance;
                    continue;
                }

                covariances[(((k * d) + i) * d) + i] = variance;
                for (int j = 0; j < i; j++)
                {
                    double value = structure.IsKept(i, j) ? random.NextDouble() - 0.5 : 0;
                    covariances[(((k * d) + i) * d) + j] = value;
                    covariances[(((k * d) + j) * d) + i] = value;
                }
            }
        }

        return new GaussianMixture(structure, weights.AsSpan(), means.AsSpan(), covariances.AsSpan());
    }
}
